/** How long what was read is taken for current, and how soon it may be read again where something is missing; ms. */
const currentMs = 600_000;
const againMs = 60_000;

/** A list of the service that is read when it is needed, and not again for a while. */
export class Remembered<List> {
  readonly #read: () => Promise<List>;
  readonly #now: () => number;
  #known: { readonly list: List; readonly at: number } | undefined;
  #reading: Promise<List> | undefined;

  /** `now` is in milliseconds of a clock that never goes back. */
  constructor(read: () => Promise<List>, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  /** The list; one that lacks something is read again. A failure is not remembered: it rejects all who wait for it. */
  async get(hasAll: (list: List) => boolean = () => true): Promise<List> {
    const known = this.#known;
    const age = known ? this.#now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < (hasAll(known.list) ? currentMs : againMs)) return known.list;
    this.#reading ??= this.#readAgain();
    return this.#reading;
  }

  async #readAgain(): Promise<List> {
    try {
      const list = await this.#read();
      this.#known = { list, at: this.#now() };
      return list;
    } finally {
      this.#reading = undefined;
    }
  }
}
