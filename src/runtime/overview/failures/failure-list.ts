import type { End } from '../../../delivery';
import type { StoredMessage } from '../../../delivery/store/message-store';
import { bytesOf, type Failure, failureOf } from './failure';

/** How many are kept; older ones are forgotten. */
export const mostFailures = 500;
/** What all that is kept of messages may take, in bytes; of the oldest only the error is left then. */
const mostBytes = 16 * 1024 * 1024;

interface Ended {
  readonly message: StoredMessage;
  readonly end: End;
  readonly at: number;
  readonly outcome: string;
}

/** The messages that failed last, oldest first. */
export class FailureList {
  #kept = new Map<string, Failure>();
  #bytes = 0;
  /** Those of this turn of the event loop: in a storm, most of them are forgotten before they are written down. */
  #ended: Ended[] = [];

  get size(): number {
    this.#writeDown();
    return this.#kept.size;
  }

  /** A message has failed; or nobody was told how it ended, with `outcome`. */
  add(message: StoredMessage, end: End, outcome = ''): void {
    if (this.#ended.length === 0) setImmediate(() => this.#writeDown());
    this.#ended.push({ message, end, at: Date.now(), outcome });
    if (this.#ended.length > 2 * mostFailures) this.#ended = this.#ended.slice(-mostFailures);
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
    for (const { message, end, at, outcome } of ended) this.#keep(failureOf(message, end, at, outcome));
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= mostFailures) break;
      this.#forget(id);
    }
    this.#lighten();
  }

  #keep(failure: Failure): void {
    this.#forget(failure.id);
    this.#kept.set(failure.id, failure);
    this.#bytes += bytesOf(failure);
  }

  #forget(id: string): void {
    const failure = this.#kept.get(id);
    if (!failure) return;
    this.#bytes -= bytesOf(failure);
    this.#kept.delete(id);
  }

  #lighten(): void {
    for (const [id, failure] of this.#kept) {
      if (this.#bytes <= mostBytes) return;
      const { content, ...light } = failure;
      this.#bytes -= bytesOf(failure);
      this.#kept.set(id, light);
    }
  }
}
