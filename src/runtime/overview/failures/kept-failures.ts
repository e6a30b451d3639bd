import type { MessageStore } from '../../../delivery/store/message-store';
import type { Failure } from './failure';
import type { FailureKeeper, FailureList } from './failure-list';

const topic = 'failure ';
/** For how long what failed is kept, in milliseconds: 90 days. */
const keptMs = 90 * 24 * 3600 * 1000;

const known = new WeakSet<MessageStore>();

/** Has the list of what failed written down in a store, and takes in what an earlier run has left there. */
export async function keepFailures(failures: FailureList, store: MessageStore): Promise<void> {
  if (!store.durable || known.has(store)) return;
  known.add(store);
  const notes = await store.notes();
  const keeper: FailureKeeper = {
    keep: (failure) => store.note(`${topic}${failure.id}`, failure, keptMs),
    forget: (id) => store.note(`${topic}${id}`, undefined, 0),
  };
  const earlier = notes.filter(({ key }) => key.startsWith(topic)).map(({ value }) => value as Failure);
  failures.keepIn(keeper, earlier);
}
