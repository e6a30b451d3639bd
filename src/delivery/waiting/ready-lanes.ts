import type { OperationName } from '../../model/operations';
import { Fifo } from './fifo';
import { firstOperation, type Lane, type Message } from './lane';

/** Lanes whose head begins with one operation: those that were tried before have their turn first. */
interface Ready {
  readonly front: Fifo<Lane>;
  readonly ring: Fifo<Lane>;
}

/** The lanes that wait for their turn. */
export class ReadyLanes {
  readonly #onEmpty: (lane: Lane) => void;
  readonly #byOperation = new Map<OperationName, Ready>();

  /** `onEmpty` is told of a lane that has no message any more. */
  constructor(onEmpty: (lane: Lane) => void) {
    this.#onEmpty = onEmpty;
  }

  /** Operations that messages begin with. */
  get operations(): Iterable<OperationName> {
    return this.#byOperation.keys();
  }

  /** A lane waits for its turn. */
  add(lane: Lane, head: Message, queue: keyof Ready): void {
    const operation = firstOperation(head);
    let ready = this.#byOperation.get(operation);
    if (!ready) {
      ready = { front: new Fifo(), ring: new Fifo() };
      this.#byOperation.set(operation, ready);
    }
    lane.state = 'ready';
    ready[queue].push(lane);
  }

  /** Whether there is a lane whose head begins with `operation`. */
  has(operation: OperationName): boolean {
    return this.#next(operation) !== undefined;
  }

  /** Takes out the next lane whose head begins with `operation`. */
  take(operation: OperationName): Lane | undefined {
    return this.#next(operation)?.shift();
  }

  /** The queue whose first lane is the next. The head of a lane may have expired meanwhile. */
  #next(operation: OperationName): Fifo<Lane> | undefined {
    const { front, ring } = this.#byOperation.get(operation) ?? {};
    for (const queue of [front, ring]) {
      for (let lane = queue?.peek(); queue && lane; lane = queue.peek()) {
        if (lane.head && firstOperation(lane.head) === operation) return queue;
        queue.shift();
        if (lane.head) this.add(lane, lane.head, 'ring');
        else this.#onEmpty(lane);
      }
    }
    return undefined;
  }
}
