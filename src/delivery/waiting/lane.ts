import type { Lane, Message } from './message';

/** The messages of a lane as a list: nothing here counts them, or says who may go. */

export const newLane = (key: Lane['key']): Lane => ({
  key,
  head: undefined,
  tail: undefined,
  state: 'idle',
  retries: 0,
});

export function append(lane: Lane, message: Message): void {
  if (lane.tail) lane.tail.next = message;
  else lane.head = message;
  lane.tail = message;
}

export function prepend(lane: Lane, message: Message): void {
  message.next = lane.head;
  lane.head = message;
  lane.tail ??= message;
}

export function shift(lane: Lane): Message | undefined {
  const { head } = lane;
  if (!head) return undefined;
  lane.head = head.next;
  if (!lane.head) lane.tail = undefined;
  head.next = undefined;
  return head;
}

/** Takes out those that are `meant`. */
export function unlink(lane: Lane, meant: (message: Message) => boolean): Message[] {
  const removed: Message[] = [];
  let before: Message | undefined;
  for (let message = lane.head; message; ) {
    const { next } = message;
    if (meant(message)) {
      if (before) before.next = next;
      else lane.head = next;
      message.next = undefined;
      removed.push(message);
    } else before = message;
    message = next;
  }
  lane.tail = before;
  return removed;
}
