import type { Delivered, DeliverOptions, ItemRules, RelatedItemRequest } from '../delivery';
import { mergedRequest } from '../packing/merge';
import { Fifo } from './fifo';

/** What comes with a message. */
export interface NewMessage {
  readonly rules: ItemRules;
  readonly request: RelatedItemRequest;
  readonly options: DeliverOptions;
  /** When it is given up; infinity: never. */
  readonly deadline: number;
  readonly resolve: (delivered: Delivered) => void;
  readonly reject: (error: Error) => void;
}

/** A message from the moment it came until its promise is settled. */
export interface Message extends NewMessage {
  readonly lane: Lane;
  /** Requests sent so far. */
  attempts: number;
  place: 'waiting' | 'taken' | 'settled';
  next: Message | undefined;
}

/** The waiting messages of one case, oldest first. One of its requests is on its way at most. */
export interface Lane {
  readonly key: string;
  head: Message | undefined;
  tail: Message | undefined;
  /** `ready` lanes are in the ring; a `busy` one has a request under way or has to rest. */
  state: 'idle' | 'ready' | 'busy';
  /** Refusals in a row of its head. */
  retries: number;
}

/**
 * The messages that wait, in one lane for each case; nothing here depends on how many they are.
 * A store that keeps messages across restarts would hear of them here in `add`, and where their promises are
 * settled: in `UnderWay` and in give-up.ts.
 */
export class WaitingRoom {
  readonly #lanes = new Map<string, Lane>();
  readonly #ring = new Fifo<Lane>();
  readonly #front = new Fifo<Lane>();
  #size = 0;

  /** How many messages wait. */
  get size(): number {
    return this.#size;
  }

  /** Whether a message could go out if the pace allows. */
  get hasReady(): boolean {
    this.#dropEmpty();
    return this.#front.size + this.#ring.size > 0;
  }

  /** A message comes, to wait behind those of the same case. */
  add(caseId: string, given: NewMessage): Message {
    const lane = this.#laneOf(caseId);
    const message: Message = { ...given, lane, attempts: 0, place: 'waiting', next: undefined };
    if (lane.tail) lane.tail.next = message;
    else lane.head = message;
    lane.tail = message;
    this.#size += 1;
    if (lane.state === 'idle') this.#ready(lane, this.#ring);
    return message;
  }

  /**
   * Takes the next message of the lane whose turn it is, with those that may go out together with it
   * where `merge` is set. Its lane is busy until it is released.
   */
  take(
    merge: boolean,
  ): { readonly messages: [Message, ...Message[]]; readonly request: RelatedItemRequest } | undefined {
    this.#dropEmpty();
    const lane = this.#front.shift() ?? this.#ring.shift();
    const first = lane && this.#shift(lane);
    if (!first) return undefined;
    lane.state = 'busy';
    const messages: [Message, ...Message[]] = [first];
    let { request } = first;
    while (merge && lane.head) {
      const both = mergedRequest(first, request, lane.head);
      if (!both) break;
      messages.push(this.#shift(lane) as Message);
      request = both;
    }
    return { messages, request };
  }

  /** Puts messages that were not delivered back to where they came from; their lane stays busy. */
  putBack(messages: readonly Message[]): void {
    for (const message of messages.toReversed()) {
      if (message.place === 'settled') continue;
      const { lane } = message;
      message.place = 'waiting';
      message.next = lane.head;
      lane.head = message;
      lane.tail ??= message;
      this.#size += 1;
    }
  }

  /** The lane may send again; at once, if its head was tried before. */
  release(lane: Lane): void {
    if (!lane.head) {
      lane.state = 'idle';
      this.#lanes.delete(lane.key);
    } else this.#ready(lane, lane.head.attempts > 0 ? this.#front : this.#ring);
  }

  /** Takes out the oldest waiting message of `lane`. */
  dropHead(lane: Lane): void {
    this.#shift(lane);
    if (!lane.head && lane.state === 'idle') this.#lanes.delete(lane.key);
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

  #laneOf(key: string): Lane {
    let lane = this.#lanes.get(key);
    if (!lane) {
      lane = { key, head: undefined, tail: undefined, state: 'idle', retries: 0 };
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #shift(lane: Lane): Message | undefined {
    const message = lane.head;
    if (!message) return undefined;
    lane.head = message.next;
    if (!lane.head) lane.tail = undefined;
    message.next = undefined;
    message.place = 'taken';
    this.#size -= 1;
    return message;
  }

  #ready(lane: Lane, queue: Fifo<Lane>): void {
    lane.state = 'ready';
    queue.push(lane);
  }

  /** Lanes whose messages all expired while they had their turn to come. */
  #dropEmpty(): void {
    for (const queue of [this.#front, this.#ring]) {
      for (let lane = queue.peek(); lane && !lane.head; lane = queue.peek()) {
        queue.shift();
        this.release(lane);
      }
    }
  }
}
