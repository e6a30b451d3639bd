import type { DeliveryRules } from '../../definition/delivery-rules';
import type { Input, OperationName } from '../../model/operations';
import type { End } from '../delivery';
import type { StoredMessage } from '../store/message-store';
import type { Entry } from '../time/heap';

/** What comes with a message: its record, and how it is delivered. */
export interface NewMessage {
  /** Asked for what it holds as seldom as can be: that of a message that was loaded is read from its bytes each time. */
  readonly record: StoredMessage & { readonly input: Input<OperationName> };
  readonly rules: DeliveryRules;
  /** When it is given up; infinity: never. */
  readonly deadline: number;
  /** Takes its end in place of a node. */
  readonly caller: ((end: End) => void) | undefined;
}

/** A message from the moment it came until its end. */
export interface Message extends NewMessage {
  readonly lane: Lane;
  attempts: number;
  /** Its place among the deadlines, while it waits and has one. */
  due: Entry<Message> | undefined;
  next: Message | undefined;
}

/** The waiting messages of one order key, oldest first. One of its requests is on its way at most. */
export interface Lane {
  /** A symbol: of a message that waits for no other. */
  readonly key: string | symbol;
  head: Message | undefined;
  tail: Message | undefined;
  /** `ready` lanes wait for their turn; a `busy` one has a request under way or is held back for a while. */
  state: 'idle' | 'ready' | 'busy';
  /** Refusals in a row of its head. */
  retries: number;
}

/** Messages whose turn has come, the oldest first, and the input of the one request for all of them. */
export interface Taken {
  readonly messages: readonly [Message, ...Message[]];
  readonly input: Input<OperationName>;
}

/** Whether an item that the case has already is searched for before anything is sent. */
export const searchesFirst = ({ attempts, record, rules: { whenAnswerIsLost } }: Message): boolean =>
  attempts === record.attempts &&
  !record.doubt &&
  whenAnswerIsLost.do === 'verify' &&
  whenAnswerIsLost.keepsExisting;

/** The operation whose channel lets a message begin. */
export const firstOperation = (message: Message): OperationName =>
  searchesFirst(message) || isVerifiedFirst(message) ? 'SearchRelatedItems' : message.rules.operation;

/** Whether a search has to find out first what became of its request. */
const isVerifiedFirst = ({ attempts, record, rules }: Message): boolean =>
  record.doubt !== undefined && attempts === record.attempts && rules.whenAnswerIsLost.do === 'verify';

/** The input in place of `input`, which begins with that of `first`, and that of `next`; undefined where they stay apart. */
function mergedInput(
  { rules, record: { merge, doubt } }: Message,
  input: Input<OperationName>,
  next: Message,
): Input<OperationName> | undefined {
  if (!merge || !next.record.merge || next.rules.operation !== rules.operation) return undefined;
  // What went out together in an earlier run does so again, and only that: otherwise its item would not be known again.
  if (doubt?.packedWith !== next.record.doubt?.packedWith) return undefined;
  return rules.merge?.(input, next.record.input);
}

/** What goes out as one with `first`: those that wait behind it, where `merge` is set, or as an earlier run has sent them. */
export function packOf(first: Message, merge: boolean): Taken {
  const messages: [Message, ...Message[]] = [first];
  let { input } = first.record;
  for (let { next } = first; next && (merge || first.record.doubt); next = next.next) {
    const both = mergedInput(first, input, next);
    if (!both) break;
    messages.push(next);
    input = both;
  }
  return { messages, input };
}

/** What an earlier run has sent and nobody has gone on with; where that comes late, other messages are before it. */
export function* packsInDoubt({ head }: Lane): Iterable<Taken> {
  for (let first = head; first; first = first.next) {
    if (!first.record.doubt) continue;
    const pack = packOf(first, false);
    yield pack;
    first = pack.messages.at(-1) ?? first;
  }
}

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
