import { type FailedEnd, type FailedMessage, type Failure, failureOf, sizeOf } from './failure';

/** How many are kept; older ones are forgotten. */
export const mostFailures = 500;
/** What all that is kept of messages may take, in bytes; of the oldest only the error is left then. */
const mostBytes = 16 * 1024 * 1024;

/** Where failures are written down. */
export interface FailureKeeper {
  keep(failure: Failure): void;
  forget(id: string): void;
}

interface Ended {
  readonly message: FailedMessage;
  readonly end: FailedEnd;
  readonly at: number;
}

/** The messages that failed last, oldest first. */
export class FailureList {
  #kept = new Map<string, Failure>();
  #bytes = 0;
  #keeper: FailureKeeper | undefined;
  /** Those of this turn of the event loop: in a storm, most of them are forgotten before they are written down. */
  #ended: Ended[] = [];

  get size(): number {
    this.#writeDown();
    return this.#kept.size;
  }

  /** A message has failed, or nobody was told how it ended. */
  add(message: FailedMessage, end: FailedEnd): void {
    if (this.#ended.length === 0) setImmediate(() => this.#writeDown());
    this.#ended.push({ message, end, at: Date.now() });
    if (this.#ended.length > 2 * mostFailures) this.#ended = this.#ended.slice(-mostFailures);
  }

  /** From now on they are written down there, too; `earlier` has what was written down by another run. */
  keepIn(keeper: FailureKeeper, earlier: readonly Failure[]): void {
    this.#writeDown();
    const later = [...this.#kept.values()];
    this.#kept = new Map();
    this.#bytes = 0;
    this.#keeper = undefined;
    for (const failure of earlier.toSorted((one, other) => one.at - other.at)) this.#keep(failure);
    this.#keeper = keeper;
    for (const failure of later) this.#keep(failure);
    this.#limit();
  }

  /** Latest first. */
  all(): readonly Failure[] {
    this.#writeDown();
    return [...this.#kept.values()].reverse();
  }

  find(id: string): Failure | undefined {
    this.#writeDown();
    return this.#kept.get(id);
  }

  /** Forgets those that are named; gives how many there were. */
  remove(ids: readonly string[] | 'all'): number {
    this.#writeDown();
    const { size } = this.#kept;
    for (const id of ids === 'all' ? [...this.#kept.keys()] : ids) this.#forget(id);
    return size - this.#kept.size;
  }

  #writeDown(): void {
    const ended = this.#ended.slice(-mostFailures);
    this.#ended = [];
    for (const { message, end, at } of ended) this.#keep(failureOf(message, end, at));
    this.#limit();
  }

  #keep(failure: Failure): void {
    const { id } = failure;
    this.#bytes += sizeOf(failure) - sizeOf(this.#kept.get(id));
    this.#kept.delete(id);
    this.#kept.set(id, failure);
    this.#keeper?.keep(failure);
  }

  #forget(id: string): void {
    this.#bytes -= sizeOf(this.#kept.get(id));
    if (this.#kept.delete(id)) this.#keeper?.forget(id);
  }

  #limit(): void {
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= mostFailures) break;
      this.#forget(id);
    }
    for (const [id, failure] of this.#kept) {
      if (this.#bytes <= mostBytes) return;
      const { content, ...light } = failure;
      this.#bytes -= sizeOf(failure);
      this.#kept.set(id, light);
      if (content) this.#keeper?.keep(light);
    }
  }
}
