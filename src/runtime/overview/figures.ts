import type { NodeAPI } from 'node-red';
import { nodeType } from '../../definition/node-type';
import {
  type DomainFigures,
  type DomainState,
  type ErrorWords,
  isClosed,
  type Overview,
} from '../../definition/overview/figures';
import type { DomainConfig } from '../../definition/stored-config';
import { CasesError } from '../../errors/errors';
import { findConfigNode } from '../config/config-node';
import type { DomainNode } from '../config/domain-node';
import { waitingOnDisk } from '../store/stores';
import type { DomainMonitor } from './counting/domain-monitor';
import { errorWords } from './error-words';
import { monitors } from './monitors';

/** The figures of all domain nodes, in the order in which they stand in the flows. */
export function overviewOf(RED: NodeAPI): Overview {
  return {
    at: Date.now(),
    domains: domainsOf(RED).map((config) => figuresOf(RED, config)),
    failures: monitors(RED).failures.size,
  };
}

/** The figures of one domain node; undefined where there is none of this id. */
export function figuresOfDomain(RED: NodeAPI, id: string): DomainFigures | undefined {
  const config = domainsOf(RED).find((each) => each.id === id);
  return config && figuresOf(RED, config);
}

type Config = DomainConfig & { readonly id: string };

/** All domain nodes that are deployed, running or not. */
function domainsOf(RED: NodeAPI): Config[] {
  const configs: Config[] = [];
  RED.nodes.eachNode((node) => {
    if (node.type === nodeType('domain')) configs.push(node as unknown as Config);
  });
  return configs;
}

function figuresOf(RED: NodeAPI, { id, name = '', auth }: Config): DomainFigures {
  const monitor = monitors(RED).of(id);
  const view = monitor.delivery?.view;
  const node = RED.nodes.getNode(id) as DomainNode | null;
  const oldestAt = monitor.oldestAt();
  const state = stateOf(RED, node, auth, monitor);
  return {
    id,
    name,
    ...state,
    ...queueOf(RED, id, monitor, state),
    inFlight: view?.inFlight ?? 0,
    verifying: view?.verifying ?? 0,
    ...monitor.lastHour(),
    ...(oldestAt !== undefined && { oldestAt }),
    paces: node ? monitor.paces(rateOf(node)) : [],
    samples: monitor.samples(),
  };
}

/** How many messages wait, and where; of a domain that is not open, what it has left on disk. */
function queueOf(
  RED: NodeAPI,
  id: string,
  { delivery, unopened }: DomainMonitor,
  { state }: State,
): Pick<DomainFigures, 'store' | 'waiting'> {
  if (delivery) return { store: delivery.view.durable ? 'disk' : 'memory', waiting: delivery.view.waiting };
  const waiting = isClosed(state) ? unopened.onDisk(() => waitingOnDisk(RED, id)) : 0;
  return { store: waiting > 0 ? 'disk' : 'memory', waiting };
}

interface State {
  readonly state: DomainState;
  readonly since?: number;
  readonly problem?: ErrorWords;
}

function stateOf(
  RED: NodeAPI,
  node: DomainNode | null,
  auth: string | undefined,
  monitor: DomainMonitor,
): State {
  if (!node) return { state: 'stopped' };
  const problem = configProblem(RED, node, auth);
  if (problem) return { state: 'notConfigured', problem };
  const { delivery, pausedSince, access, unopened } = monitor;
  if (unopened.why) return { state: 'notConfigured', problem: errorWords(unopened.why) };
  if (pausedSince !== undefined) return { state: 'paused', since: pausedSince };
  const { offlineSince: since, offlineBy: error, failing } = delivery?.view ?? {};
  if (since !== undefined && error) return troubled('offline', { since, error });
  if (failing) return troubled('failing', failing);
  if (access.refusal) return troubled('refused', access.refusal);
  return { state: delivery?.state === 'busy' ? 'busy' : 'idle' };
}

const troubled = (
  state: DomainState,
  { since, error }: { readonly since: number; readonly error: CasesError },
): State => ({ state, since, problem: errorWords(error) });

/** What is missing or wrong in the domain node, as far as it is known before something is sent. */
function configProblem(RED: NodeAPI, node: DomainNode, auth: string | undefined): ErrorWords | undefined {
  try {
    node.settings();
    findConfigNode(RED, 'credentials', auth);
    return undefined;
  } catch (cause) {
    return cause instanceof CasesError ? errorWords(cause) : undefined;
  }
}

function rateOf(node: DomainNode): 'auto' | number {
  try {
    return node.settings().delivery.rate;
  } catch {
    return 'auto';
  }
}
