interface Entry<Item> {
  readonly item: Item;
  readonly at: number;
  readonly number: number;
}

/** Things in the order of their times (a binary heap): the earliest first, of equal times the one that came first. */
export class Heap<Item> {
  readonly #timeOf: (item: Item) => number;
  #entries: Entry<Item>[] = [];
  #count = 0;

  constructor(timeOf: (item: Item) => number) {
    this.#timeOf = timeOf;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** The earliest. */
  peek(): Item | undefined {
    return this.#entries[0]?.item;
  }

  /** Adds one; true where it is the earliest now. */
  push(item: Item): boolean {
    this.#count += 1;
    return this.#insert({ item, at: this.#timeOf(item), number: this.#count });
  }

  /** Takes out the earliest. */
  shift(): Item | undefined {
    const [top] = this.#entries;
    const last = this.#entries.pop();
    if (last && this.#entries.length > 0) this.#sink(last);
    return top?.item;
  }

  /** Takes out the things that `keep` does not want. */
  filter(keep: (item: Item) => boolean): void {
    const kept = this.#entries.filter(({ item }) => keep(item));
    this.#entries = [];
    for (const entry of kept) this.#insert(entry);
  }

  #insert(entry: Entry<Item>): boolean {
    const entries = this.#entries;
    let index = entries.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = entries[parent];
      if (!above || isBefore(above, entry)) break;
      entries[index] = above;
      index = parent;
    }
    entries[index] = entry;
    return index === 0;
  }

  #sink(entry: Entry<Item>): void {
    const entries = this.#entries;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      const [left, right] = [entries[child], entries[child + 1]];
      if (left && right && isBefore(right, left)) child += 1;
      const below = entries[child];
      if (!below || isBefore(entry, below)) break;
      entries[index] = below;
      index = child;
    }
    entries[index] = entry;
  }
}

const isBefore = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.at < other.at || (one.at === other.at && one.number < other.number);
