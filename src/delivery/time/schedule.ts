/** What is to be done when, the earliest first (a binary heap). Times in milliseconds. */
export class Schedule<Task> {
  readonly #heap: { readonly at: number; readonly task: Task }[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** When the earliest task is due; infinity where there is none. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, task: Task): void {
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
  }

  /** Takes out the earliest task if it is due. */
  takeDue(now: number): Task | undefined {
    const heap = this.#heap;
    const [top] = heap;
    if (!top || top.at > now) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) this.#sink(last);
    return top.task;
  }

  #sink(entry: { readonly at: number; readonly task: Task }): void {
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
