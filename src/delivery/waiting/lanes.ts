import type { OperationName } from '../../model/operations';
import { Fifo } from './fifo';
import {
  append,
  firstOperation,
  type Lane,
  type Message,
  mergedInput,
  type NewMessage,
  newLane,
  prepend,
  shift,
  type Taken,
  unlink,
} from './lane';

/** Lanes whose head begins with one operation: those that were tried before have their turn first. */
interface Ready {
  readonly front: Fifo<Lane>;
  readonly ring: Fifo<Lane>;
}

/** The messages that wait, in one lane for each order key; nothing here depends on how many they are. */
export class Lanes {
  readonly #onTurn: () => void;
  readonly #lanes = new Map<string | symbol, Lane>();
  readonly #ready = new Map<OperationName, Ready>();
  #size = 0;
  #ofNodes = 0;

  /** `onTurn` is told when a message may go that could not before. */
  constructor(onTurn: () => void) {
    this.#onTurn = onTurn;
  }

  /** How many messages wait. */
  get size(): number {
    return this.#size;
  }

  /** How many of them are of nodes, not of functions that wait for an answer. */
  get ofNodes(): number {
    return this.#ofNodes;
  }

  /** Operations that messages begin with. */
  get operations(): Iterable<OperationName> {
    return this.#ready.keys();
  }

  /** Whether a message that begins with `operation` could go out if its channel allows. */
  hasReady(operation: OperationName): boolean {
    const ready = this.#ready.get(operation);
    return ready !== undefined && this.#next(operation, ready) !== undefined;
  }

  /** A message comes, to wait behind those of the same key. */
  add(key: string | symbol, { record, rules, deadline, caller }: NewMessage): Message {
    const lane = this.#laneOf(key);
    // Not spread: an object that is made so and then grows takes four times the memory.
    const message: Message = {
      record,
      rules,
      deadline,
      caller,
      lane,
      attempts: record.attempts,
      place: 'waiting',
      next: undefined,
    };
    append(lane, message);
    this.#count(message, 1);
    if (lane.state === 'idle') this.#makeReady(lane, message, 'ring');
    this.#onTurn();
    return message;
  }

  /**
   * Takes the next message that begins with `operation`, with those that may go out together with it where `merge` is set.
   * Its lane is busy until it is released.
   */
  take(operation: OperationName, merge: boolean): Taken | undefined {
    const ready = this.#ready.get(operation);
    const queue = ready && this.#next(operation, ready);
    const lane = queue?.shift();
    const first = lane && this.#shift(lane);
    if (!first) return undefined;
    lane.state = 'busy';
    const messages: [Message, ...Message[]] = [first];
    let { input } = first.record;
    while ((merge || first.record.doubt) && lane.head) {
      const both = mergedInput(first, input, lane.head);
      if (!both) break;
      messages.push(this.#shift(lane) as Message);
      input = both;
    }
    return { messages, input };
  }

  /** Lanes in the order in which they began to wait; some may be empty. */
  all(): Iterable<Lane> {
    return this.#lanes.values();
  }

  /** Takes out all waiting messages that are `meant`, for good. */
  remove(meant: (message: Message) => boolean): Message[] {
    const removed = [...this.#lanes.values()].flatMap((lane) => unlink(lane, meant));
    for (const message of removed) this.#left(message);
    return removed;
  }

  /** Puts messages that were surely not carried out back to where they came from; their lane stays busy. */
  requeue(messages: readonly Message[]): void {
    for (const message of messages.toReversed()) {
      if (message.place === 'settled') continue;
      const { lane } = message;
      message.place = 'waiting';
      prepend(lane, message);
      this.#count(message, 1);
    }
  }

  /** The lane may send again; at once, if its head was tried before and is not to go `last`. */
  release(lane: Lane, last = false): void {
    const { head } = lane;
    if (!head) this.#lanes.delete(lane.key);
    else this.#makeReady(lane, head, head.attempts > 0 && !last ? 'front' : 'ring');
    this.#onTurn();
  }

  /** Takes out a waiting message: the head of its lane, most often. */
  drop(message: Message): void {
    if (message.lane.head === message) shift(message.lane);
    else unlink(message.lane, (each) => each === message);
    this.#left(message);
  }

  /** Takes out up to `limit` messages for good, in no particular order. */
  drain(limit: number): Message[] {
    const drained: Message[] = [];
    for (const lane of this.#lanes.values()) {
      for (let message = this.#shift(lane); message; message = this.#shift(lane)) {
        drained.push(message);
        if (drained.length === limit) return drained;
      }
      if (lane.state !== 'busy') this.#lanes.delete(lane.key);
    }
    return drained;
  }

  #laneOf(key: string | symbol): Lane {
    let lane = this.#lanes.get(key);
    if (!lane) {
      lane = newLane(key);
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #makeReady(lane: Lane, head: Message, queue: keyof Ready): void {
    const operation = firstOperation(head);
    let ready = this.#ready.get(operation);
    if (!ready) {
      ready = { front: new Fifo(), ring: new Fifo() };
      this.#ready.set(operation, ready);
    }
    lane.state = 'ready';
    ready[queue].push(lane);
  }

  /** The queue whose first lane has the next message that begins with `operation`. The head of a lane may have expired meanwhile. */
  #next(operation: OperationName, ready: Ready): Fifo<Lane> | undefined {
    for (const queue of [ready.front, ready.ring]) {
      for (let lane = queue.peek(); lane; lane = queue.peek()) {
        if (lane.head && firstOperation(lane.head) === operation) return queue;
        queue.shift();
        if (lane.head) this.#makeReady(lane, lane.head, 'ring');
        else this.#lanes.delete(lane.key);
      }
    }
    return undefined;
  }

  #shift(lane: Lane): Message | undefined {
    const message = shift(lane);
    if (message) this.#left(message);
    return message;
  }

  #left(message: Message): void {
    message.place = 'taken';
    this.#count(message, -1);
  }

  #count({ caller }: Message, change: 1 | -1): void {
    this.#size += change;
    if (!caller) this.#ofNodes += change;
  }
}
