/** A queue whose both ends cost the same however long it is. */
export class Fifo<Item> {
  #items: Item[] = [];
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  peek(): Item | undefined {
    return this.#items[this.#first];
  }

  shift(): Item | undefined {
    const item = this.#items[this.#first];
    if (this.size === 0) return undefined;
    this.#first += 1;
    if (this.#first * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    } else this.#items[this.#first - 1] = undefined as Item;
    return item;
  }

  /** All, the first first. */
  items(): readonly Item[] {
    return this.#items.slice(this.#first);
  }

  /** Takes out the items that are `meant`, the first first. */
  take(meant: (item: Item) => boolean): readonly Item[] {
    const [taken, kept]: [Item[], Item[]] = [[], []];
    for (const item of this.items()) (meant(item) ? taken : kept).push(item);
    this.#items = kept;
    this.#first = 0;
    return taken;
  }
}
