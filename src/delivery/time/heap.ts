/** A thing in a heap, by which it can be taken out again. */
export interface Entry<Item> {
  readonly item: Item;
  readonly at: number;
  readonly number: number;
  /** Where it is; below 0: it is not there any more. */
  index: number;
}

/** Things in the order of their times (a binary heap): the earliest first, of equal times the one that came first. */
export class Heap<Item> {
  readonly #timeOf: (item: Item) => number;
  readonly #entries: Entry<Item>[] = [];
  #count = 0;

  constructor(timeOf: (item: Item) => number) {
    this.#timeOf = timeOf;
  }

  /** The earliest. */
  peek(): Item | undefined {
    return this.#entries[0]?.item;
  }

  push(item: Item): Entry<Item> {
    this.#count += 1;
    const entry = { item, at: this.#timeOf(item), number: this.#count, index: 0 };
    this.#rise(entry, this.#entries.length);
    return entry;
  }

  /** Takes out the earliest. */
  shift(): Item | undefined {
    const [top] = this.#entries;
    if (top) this.remove(top);
    return top?.item;
  }

  /** Takes out one that `push` gave, if it is still there. */
  remove(entry: Entry<Item>): void {
    const { index } = entry;
    if (index < 0) return;
    entry.index = -1;
    const last = this.#entries.pop();
    if (!last || last === entry) return;
    if (isBefore(last, entry)) this.#rise(last, index);
    else this.#sink(last, index);
  }

  /** Puts `entry` at `index` or above. */
  #rise(entry: Entry<Item>, index: number): void {
    let free = index;
    while (free > 0) {
      const parent = (free - 1) >> 1;
      const above = this.#entries[parent];
      if (!above || isBefore(above, entry)) break;
      this.#put(above, free);
      free = parent;
    }
    this.#put(entry, free);
  }

  /** Puts `entry` at `index` or below. */
  #sink(entry: Entry<Item>, index: number): void {
    const entries = this.#entries;
    let free = index;
    for (;;) {
      let child = free * 2 + 1;
      const [left, right] = [entries[child], entries[child + 1]];
      if (left && right && isBefore(right, left)) child += 1;
      const below = entries[child];
      if (!below || isBefore(entry, below)) break;
      this.#put(below, free);
      free = child;
    }
    this.#put(entry, free);
  }

  #put(entry: Entry<Item>, index: number): void {
    this.#entries[index] = entry;
    entry.index = index;
  }
}

const isBefore = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.at < other.at || (one.at === other.at && one.number < other.number);
