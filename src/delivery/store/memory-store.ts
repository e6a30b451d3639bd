import type { MessageStore } from './message-store';

/** Keeps nothing: what waits in memory is all there is. */
export const memoryStore: MessageStore = {
  durable: false,
  handsOver: false,
  now: () => Date.now(),
  lastRunAt: async () => Number.NEGATIVE_INFINITY,
  load: async () => [],
  add: () => {},
  sending: async () => {},
  notCarriedOut: () => {},
  ended: () => {},
  remove: () => {},
  note: () => {},
  notes: async () => [],
  settled: async () => {},
  close: async () => {},
};
