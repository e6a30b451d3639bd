import type { OperationName } from '../../model/operations';
import { Deadlines } from './deadlines';
import {
  append,
  type Lane,
  type Message,
  type NewMessage,
  newLane,
  packOf,
  prepend,
  shift,
  type Taken,
  unlink,
} from './lane';
import { ReadyLanes } from './ready-lanes';

/** The messages that wait, in one lane for each order key; nothing here depends on how many they are. */
export class Lanes {
  readonly #onTurn: () => void;
  readonly #lanes = new Map<string | symbol, Lane>();
  readonly #ready = new ReadyLanes(({ key }) => this.#lanes.delete(key));
  readonly #deadlines = new Deadlines();
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
    return this.#ready.operations;
  }

  /** When the first message is to be given up; infinity: never. */
  get nextDeadline(): number {
    return this.#deadlines.nextAt;
  }

  /** Whether a message that begins with `operation` could go out if its channel allows. */
  hasReady(operation: OperationName): boolean {
    return this.#ready.has(operation);
  }

  /** A message comes, to wait behind those of the same key. */
  add(key: string | symbol, { record, rules, deadline, caller }: NewMessage): void {
    const lane = this.#laneOf(key);
    // Not spread: an object that is made so and then grows takes four times the memory.
    const message: Message = {
      record,
      rules,
      deadline,
      caller,
      lane,
      attempts: record.attempts,
      due: undefined,
      next: undefined,
    };
    append(lane, message);
    this.#came(message);
    if (lane.state === 'idle') this.#ready.add(lane, message, 'ring');
    this.#onTurn();
  }

  /**
   * Takes the next message that begins with `operation`, with those that may go out together with it where `merge` is set.
   * Its lane is busy until it is released.
   */
  take(operation: OperationName, merge: boolean): Taken | undefined {
    const lane = this.#ready.take(operation);
    if (!lane?.head) return undefined;
    lane.state = 'busy';
    const taken = packOf(lane.head, merge);
    for (const _ of taken.messages) this.#shift(lane);
    return taken;
  }

  /** Takes out the first message that is to be given up by now. */
  takeLate(now: number): Message | undefined {
    const message = this.#deadlines.due(now);
    if (message) this.#drop(message);
    return message;
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
      prepend(message.lane, message);
      this.#came(message);
    }
  }

  /** The lane may send again; at once, if its head was tried before and is not to go `last`. */
  release(lane: Lane, last = false): void {
    const { head } = lane;
    if (!head) this.#lanes.delete(lane.key);
    else this.#ready.add(lane, head, head.attempts > 0 && !last ? 'front' : 'ring');
    this.#onTurn();
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

  /** The head of its lane, most often. */
  #drop(message: Message): void {
    if (message.lane.head === message) shift(message.lane);
    else unlink(message.lane, (each) => each === message);
    this.#left(message);
  }

  #shift(lane: Lane): Message | undefined {
    const message = shift(lane);
    if (message) this.#left(message);
    return message;
  }

  #came(message: Message): void {
    // One in doubt is looked up first, however late it is.
    if (!message.record.doubt) this.#deadlines.add(message);
    this.#count(message, 1);
  }

  #left(message: Message): void {
    this.#deadlines.remove(message);
    this.#count(message, -1);
  }

  #count({ caller }: Message, change: 1 | -1): void {
    this.#size += change;
    if (!caller) this.#ofNodes += change;
  }
}
