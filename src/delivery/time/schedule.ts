interface Entry {
  readonly at: number;
  readonly task: () => void;
}

/** What is to be done when, the earliest first (a binary heap). Times in milliseconds. */
export class Schedule {
  readonly #onEarlier: () => void;
  readonly #heap: Entry[] = [];

  /** `onEarlier` is told when the earliest task changes to an earlier one. */
  constructor(onEarlier: () => void) {
    this.#onEarlier = onEarlier;
  }

  get size(): number {
    return this.#heap.length;
  }

  /** When the earliest task is due; infinity where there is none. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Resolves `delayMs` from now; at once where there is nothing to wait for. */
  after(now: number, delayMs: number): Promise<void> {
    if (delayMs <= 0) return Promise.resolve();
    return new Promise((resolve) => this.add(now + delayMs, resolve));
  }

  add(at: number, task: () => void): void {
    const heap = this.#heap;
    const entry = { at, task };
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || above.at <= at) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
    if (index === 0) this.#onEarlier();
  }

  /** Takes out the earliest task if it is due. */
  takeDue(now: number): (() => void) | undefined {
    const heap = this.#heap;
    const [top] = heap;
    if (!top || top.at > now) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) this.#sink(last);
    return top.task;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left && right && right.at < left.at) child += 1;
      const below = heap[child];
      if (!below || below.at >= entry.at) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = entry;
  }
}
