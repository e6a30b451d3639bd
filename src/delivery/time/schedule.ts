import { Heap } from './heap';

/** What is to be done when. Times in milliseconds. */
export class Schedule {
  readonly #onEarlier: () => void;
  readonly #entries = new Heap<{ readonly at: number; readonly task: () => void }>(({ at }) => at);

  /** `onEarlier` is told when the earliest task changes to an earlier one. */
  constructor(onEarlier: () => void) {
    this.#onEarlier = onEarlier;
  }

  /** When the earliest task is due; infinity where there is none. */
  get nextAt(): number {
    return this.#entries.peek()?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Resolves `delayMs` from now; at once where there is nothing to wait for. */
  after(now: number, delayMs: number): Promise<void> {
    if (delayMs <= 0) return Promise.resolve();
    return new Promise((resolve) => void this.add(now + delayMs, resolve));
  }

  /** Gives a function that forgets the task, whether it was done or not. */
  add(at: number, task: () => void): () => void {
    const entry = this.#entries.push({ at, task });
    if (this.#entries.peek() === entry.item) this.#onEarlier();
    return () => this.#entries.remove(entry);
  }

  /** Takes out the earliest task if it is due. */
  takeDue(now: number): (() => void) | undefined {
    return this.nextAt <= now ? this.#entries.shift()?.task : undefined;
  }
}
