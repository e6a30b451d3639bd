import type { CasesError } from '../../../errors/errors';

/** What is known of a domain while no message can go to it. */
export class Unopened {
  /** Why it could not be opened. */
  why: CasesError | undefined;
  #onDisk: number | undefined;

  /** Messages that wait for it on disk: `count` is asked once, and what it gives is told from the next time on. */
  onDisk(count: () => Promise<number>): number {
    if (this.#onDisk === undefined) {
      this.#onDisk = 0;
      void count().then((messages) => {
        this.#onDisk = messages;
      });
    }
    return this.#onDisk;
  }

  /** It was opened, closed or changed. */
  forget(): void {
    this.why = undefined;
    this.#onDisk = undefined;
  }
}
