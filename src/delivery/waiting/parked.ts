import type { StoredMessage } from '../store/message-store';

/** Messages that wait until their nodes run again. Their deadlines hold, but their ends wait with them. */
export class Parked {
  #records: StoredMessage[] = [];

  get size(): number {
    return this.#records.length;
  }

  all(): Iterable<StoredMessage> {
    return this.#records;
  }

  add(record: StoredMessage): void {
    this.#records.push(record);
  }

  /** Takes out those that need not wait any more, the oldest first. */
  take(mayGo: (record: StoredMessage) => boolean): readonly StoredMessage[] {
    const [taken, kept]: [StoredMessage[], StoredMessage[]] = [[], []];
    for (const record of this.#records) (mayGo(record) ? taken : kept).push(record);
    this.#records = kept;
    return taken;
  }
}
