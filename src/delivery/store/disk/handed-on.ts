/**
 * Node-RED hands a message to the next node some turns of the event loop later, and that node has it kept some turns
 * after that. For so long at least, in milliseconds, the file has both, so that an end in between loses neither.
 */
const handoverMs = 100;

/** Messages whose results have been handed on, until that is surely done. */
export class HandedOn {
  readonly #remove: (ids: readonly string[]) => void;
  #young: string[] = [];
  #old: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `remove` gets those that may be removed. */
  constructor(remove: (ids: readonly string[]) => void) {
    this.#remove = remove;
  }

  add(id: string): void {
    this.#young.push(id);
    this.#timer ??= setTimeout(() => this.#tick(), handoverMs).unref();
  }

  /** Waits no longer. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ids = [...this.#old.splice(0), ...this.#young.splice(0)];
    if (ids.length > 0) this.#remove(ids);
  }

  #tick(): void {
    this.#timer = undefined;
    const old = this.#old;
    this.#old = this.#young;
    this.#young = [];
    if (this.#old.length > 0) this.#timer = setTimeout(() => this.#tick(), handoverMs).unref();
    if (old.length > 0) this.#remove(old);
  }
}
