import type { MessageStore } from './message-store';

/** Keeps nothing: what waits in memory is all there is. */
export const memoryStore: MessageStore = {
  durable: false,
  load: async () => [],
  add: () => {},
  sending: async () => {},
  remove: () => {},
  settled: async () => {},
  close: async () => {},
};
