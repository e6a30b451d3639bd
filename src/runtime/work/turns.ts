/** Runs what is handed in one after the other, in the order in which it came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** How many have not ended yet. */
  get waiting(): number {
    return this.#waiting;
  }

  async run<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    const result = this.#last.then(act);
    this.#last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#waiting -= 1;
    }
  }
}
