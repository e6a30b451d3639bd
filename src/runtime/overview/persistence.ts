import type { Delivery } from '../../delivery/delivery';
import type { MessageStore, Note } from '../../delivery/store/message-store';
import type { DomainMonitor } from './counting/domain-monitor';
import type { Failure } from './failures/failure';
import type { FailureKeeper } from './failures/failure-list';
import type { Monitors } from './monitors';

const dayMs = 24 * 3600 * 1000;
const topics = {
  failure: { prefix: 'failure ', forMs: 90 * dayMs },
  paused: { prefix: 'paused ', forMs: 365 * dayMs },
} as const;

/** What an earlier run has left in a store; read once. The times by the ids of domain nodes: since when each is paused. */
const pausesOf = new WeakMap<MessageStore, Promise<ReadonlyMap<string, number>>>();

/** Has the list of what failed and that a domain is paused written down in its store, and takes in what an earlier run left. */
export async function persistIn(
  store: MessageStore,
  all: Monitors,
  domain: { readonly id: string; readonly monitor: DomainMonitor; readonly delivery: Delivery },
): Promise<void> {
  if (!store.handsOver) return;
  const { id, monitor, delivery } = domain;
  const { prefix, forMs } = topics.paused;
  monitor.keepPause = (since) => store.note(`${prefix}${id}`, since, since === undefined ? 0 : forMs);
  let pauses = pausesOf.get(store);
  if (!pauses) {
    pauses = recall(store, all);
    pausesOf.set(store, pauses);
  }
  if (monitor.pausedSince !== undefined || monitor.isRecalled) return;
  monitor.isRecalled = true;
  // Nothing begins until it is known whether somebody has paused it.
  delivery.view.pause();
  const since = (await pauses).get(id);
  if (since !== undefined) monitor.pause(since);
  else if (monitor.pausedSince === undefined) delivery.view.resume();
}

async function recall(store: MessageStore, all: Monitors): Promise<ReadonlyMap<string, number>> {
  const { prefix, forMs } = topics.failure;
  const keeper: FailureKeeper = {
    keep: (failure) => store.note(`${prefix}${failure.id}`, failure, forMs),
    forget: (id) => store.note(`${prefix}${id}`, undefined, 0),
  };
  const take = (notes: readonly Note[]) => {
    all.failures.keepIn(
      keeper,
      of('failure', notes).map(({ value }) => value as Failure),
    );
    const { length } = topics.paused.prefix;
    return new Map(of('paused', notes).map(({ key, value }) => [key.slice(length), Number(value)]));
  };
  const notes = await store.notes((late) => {
    for (const [id, since] of take(late)) all.of(id).pause(since);
  });
  return take(notes);
}

const of = (topic: keyof typeof topics, notes: readonly Note[]): readonly Note[] =>
  notes.filter(({ key, value }) => key.startsWith(topics[topic].prefix) && value !== undefined);
