import type { Node, NodeAPI } from 'node-red';
import type { DomainConfig } from '../../definition/stored-config';
import type { Delivery } from '../../delivery/delivery';
import { CasesError, reason } from '../../errors/errors';
import { monitors } from '../overview/monitors';
import { flowsStop } from '../results';
import { waitingOnDisk } from '../store/stores';
import type { Order } from '../work/domain-works';
import { type OpenDomain, openDomain } from '../work/open-domain';
import type { Work } from '../work/work';
import { findConfigNode } from './config-node';
import type { CredentialsNode } from './credentials';
import { type DomainSettings, domainSettings } from './settings';

/** How long Node-RED waits for a node to close unless its settings say otherwise, in milliseconds. */
const defaultCloseTimeout = 15_000;
/** The part of that time in which what is in flight may finish. */
const graceShare = 0.8;
/** What to do where messages of a domain that keeps them in memory wait on disk from before. */
const untilOnDisk =
  'as long as this domain keeps messages in memory. Set it to keep them on disk again, until these have been sent.';

/** A domain config node at run time: the nodes of the palette that name it share its settings and its delivery. */
export interface DomainNode extends Node {
  /** Checked settings. Throws `NOT_CONFIGURED`. */
  settings(): DomainSettings;
  /** The one queue to this domain, made when first asked for. Throws `NOT_CONFIGURED` or `CREDENTIALS`. */
  delivery(): Delivery;
  /**
   * Takes a message over and gives its id; its node is told how it ends. Throws `NOT_CONFIGURED`, `CREDENTIALS`,
   * `QUEUE_FULL` or `CLOSED`.
   */
  accept(work: Work, order: Order): string;
}

/** Runs a domain node. `works`: what there is to do with messages. */
export function startDomain(
  RED: NodeAPI,
  node: DomainNode,
  config: DomainConfig & { id: string },
  works: readonly Work[],
): void {
  let settings: DomainSettings | undefined;
  let open: OpenDomain | undefined;
  let closed = false;
  const monitor = monitors(RED).of(node.id);
  monitor.unopened.forget();

  node.settings = () => {
    settings ??= domainSettings(config);
    return settings;
  };

  node.delivery = () => opened().delivery;
  node.accept = (work, order) => opened().accept(work, order);

  const opened = () => {
    if (closed)
      throw new CasesError('CLOSED', 'The domain node is closing. Send the message again after the deploy.');
    try {
      open ??= openDomain({
        RED,
        id: node.id,
        settings: node.settings(),
        works,
        monitor,
        warn: (text) => node.warn(text),
        keysFor: (region, timeoutMs) =>
          findConfigNode<CredentialsNode>(RED, 'credentials', config.auth).provider(region, timeoutMs),
      });
    } catch (cause) {
      if (cause instanceof CasesError) monitor.unopened.why = cause;
      throw cause;
    }
    return open;
  };

  try {
    node.settings();
  } catch (cause) {
    node.error(reason(cause));
  }

  /** The flows have been started, or other nodes run now: what an earlier run has left goes on. */
  const onStarted = () => {
    if (open) return open.nodesChanged();
    try {
      if (node.settings().store === 'disk') opened();
      else void tellWaiting(untilOnDisk);
    } catch (cause) {
      void tellWaiting(`until the domain can be used. ${reason(cause)}`);
    }
  };

  /** What an earlier run has left stays where it is. */
  const tellWaiting = async (until: string) => {
    const waiting = await waitingOnDisk(RED, node.id);
    if (waiting > 0 && !closed) node.warn(`${waiting} messages wait on disk ${until}`);
  };
  RED.events.on('flows:started', onStarted);

  node.on('close', (removed: boolean, done: () => void) => {
    closed = true;
    if (removed) monitors(RED).forget(node.id);
    RED.events.off('flows:started', onStarted);
    flowsStop(RED);
    if (!open) return done();
    const { nodeCloseTimeout = defaultCloseTimeout } = RED.settings as { nodeCloseTimeout?: number };
    open.close((graceShare * nodeCloseTimeout) / 1000).finally(done);
  });
}
