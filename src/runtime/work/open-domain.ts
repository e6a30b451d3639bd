import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { NodeAPI } from 'node-red';
import { type CaseNote, noteMs, noteName, sharedKnownCases } from '../../cases/known-cases';
import type { Delivery, End } from '../../delivery/delivery';
import { createDelivery } from '../../delivery/queue';
import { casesService } from '../../delivery/service/service';
import type { MessageStore, StoredMessage } from '../../delivery/store/message-store';
import { asCasesError, CasesError } from '../../errors/errors';
import type { DomainSettings } from '../config/settings';
import { DomainFields } from '../fields/domain-fields';
import { createClient } from '../network/client';
import type { DomainMonitor } from '../overview/counting/domain-monitor';
import { monitors } from '../overview/monitors';
import { persistIn } from '../overview/persistence';
import { type Ending, handOn, takers } from '../results';
import { acquireStore } from '../store/stores';
import { isConfigured } from '../whereabouts';
import { callsThrough } from './calls';
import { CaseUpdates } from './case-updates';
import { DomainWorks, type Order } from './domain-works';
import type { Work } from './work';
import { Turns, type WorkDomain } from './work-domain';

interface DomainOptions {
  readonly RED: NodeAPI;
  /** Of the domain node. */
  readonly id: string;
  readonly settings: DomainSettings;
  readonly works: readonly Work[];
  readonly monitor: DomainMonitor;
  /** Says something in the log. */
  readonly warn: (text: string) => void;
  /** Keys for requests to a region. Throws `NOT_CONFIGURED` or `CREDENTIALS`. */
  readonly keysFor: (region: string, timeoutMs: number) => AwsCredentialIdentityProvider;
}

/** A domain while messages may go to it. */
export interface OpenDomain {
  readonly delivery: Delivery;
  /** Takes a message over and gives its id. Throws `QUEUE_FULL` or `CLOSED`. */
  accept(work: Work, order: Order): string;
  /** After each deploy: other nodes run now. */
  nodesChanged(): void;
  /** What is in flight may finish for so long. */
  close(graceSeconds: number): Promise<void>;
}

/** Opens the way to a domain. Throws `NOT_CONFIGURED` or `CREDENTIALS`. */
export function openDomain(options: DomainOptions): OpenDomain {
  const { RED, id, settings, monitor, warn, keysFor } = options;
  const { domainId, region, endpoint = '' } = settings;
  const { timeoutSeconds } = settings.delivery;
  const client = createClient(settings, keysFor(region, timeoutSeconds * 1000), timeoutSeconds);
  const { store, release } = acquireStore(RED, settings.store);
  const works = new DomainWorks(options.works, () => domain);

  const updates = new CaseUpdates();
  const failing = () => delivery.view.failing?.error;
  const whereabouts = (nodeId: string) => {
    if (takers(RED).has(nodeId)) return 'running';
    return isConfigured(RED, nodeId) ? 'away' : 'gone';
  };

  const delivery = createDelivery(casesService(client, timeoutSeconds), settings.delivery, {
    onWarning: warn,
    observer: monitor,
    domainNodeId: id,
    store,
    workOf: (message) => works.resumed(message),
    recipient: {
      whereabouts,
      resumed: (nodeId) => takers(RED).get(nodeId)?.resumed(),
      doing: (nodeId, state) => takers(RED).get(nodeId)?.doing(state, failing),
      ended(message, end) {
        works.ended(message, end);
        const ending = endingOf(works, message, end);
        const untold = () => 'result' in ending && monitor.untold(message, ending.result.outcome);
        return handOn(RED, message, ending, () => store.durable, untold);
      },
    },
  });
  monitor.attach(delivery, (message) => works.of(message));
  void persistIn(store, monitors(RED), { id, monitor, delivery });
  const domain: WorkDomain = {
    domainId,
    scope: JSON.stringify([endpoint, region, domainId]),
    fields: new DomainFields({ domainId, call: callsThrough(delivery), now, onWarning: warn }),
    known: sharedKnownCases,
    updates,
    note: (note) => store.note(`${noteTopic}${noteName(note)}`, note, noteMs(note)),
    undescribed: undescribed(warn),
    recalled: recall(store),
    turns: new Turns(),
    now,
  };

  return {
    delivery,
    accept(work, order) {
      const id = delivery.accept(works.outgoing(work, order));
      works.began(work, { id, ...order });
      return id;
    },
    nodesChanged() {
      delivery.nodesChanged();
      updates.leave((nodeId) => whereabouts(nodeId) === 'away');
    },
    async close(graceSeconds) {
      const { waiting } = delivery.view;
      if (waiting > 0 && !store.handsOver) warn(`${waiting} messages still wait and are given up (CLOSED).`);
      const end = delivery.close(graceSeconds);
      updates.close();
      await end;
      monitor.detach();
      client.destroy();
      await release();
    },
  };
}

const now = () => performance.now();

/** Says once that a permission is missing, without which a case has no reference number. */
function undescribed(warn: (text: string) => void): (cause: unknown) => void {
  let isTold = false;
  return (cause) => {
    if (isTold || !(cause instanceof CasesError) || cause.code !== 'ACCESS_DENIED') return;
    isTold = true;
    warn(
      'The credentials lack the permission cases:GetCase, so msg.case has no referenceNumber of a case that was just made. Add it to the IAM policy.',
    );
  };
}

const noteTopic = 'case ';
const recalled = new WeakMap<MessageStore, Promise<void>>();

/** Takes in what an earlier run noted of cases; once, since this run knows better by and by. */
function recall(store: MessageStore): Promise<void> {
  const known = recalled.get(store) ?? recallNow(store);
  recalled.set(store, known);
  return known;
}

async function recallNow(store: MessageStore): Promise<void> {
  for (const { key, value, leftMs } of await store.notes()) {
    if (!key.startsWith(noteTopic)) continue;
    const note = value as CaseNote;
    sharedKnownCases.recall(note, noteMs(note) - leftMs, now());
  }
}

function endingOf(works: DomainWorks, message: StoredMessage, end: End): Ending {
  if ('error' in end) return end;
  try {
    return { result: works.resultOf(message, end) };
  } catch (cause) {
    return { error: asCasesError(cause, 'unknown') };
  }
}
