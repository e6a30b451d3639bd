import type {
  Doubt,
  MessageStore,
  Note,
  SentRequest,
  StoredMessage,
} from '../../src/delivery/store/message-store';

/** What survives a kill. */
export class Paper {
  readonly messages = new Map<string, StoredMessage>();
  readonly notes = new Map<string, { readonly value: unknown; readonly until: number }>();
  writtenAt = Number.NEGATIVE_INFINITY;
}

/** What tells the time and rings, as a test has it. */
export interface PaperClock {
  readonly now: number;
  setTimeout(run: () => void, delayMs: number): unknown;
}

/** How long what was removed is still there after a kill, in milliseconds, as with the store on disk. */
const heldBackMs = 150;

/** A store whose commits take some time of the test's clock; after a kill it does nothing any more. */
export class PaperStore implements MessageStore {
  readonly durable = true;
  readonly handsOver = true;
  readonly #paper: Paper;
  readonly #time: PaperClock;
  readonly #commitMs: number;
  readonly #lastRunAt: number;
  readonly #ended = new Set<string>();
  readonly #handedOn = new Set<string>();
  #pending: (() => void)[] = [];
  #commit: Promise<void> | undefined;
  #killed = false;

  constructor(paper: Paper, time: PaperClock, commitMs: number) {
    this.#paper = paper;
    this.#time = time;
    this.#commitMs = commitMs;
    this.#lastRunAt = paper.writtenAt;
  }

  kill(): void {
    this.#killed = true;
  }

  now = (): number => 1_700_000_000_000 + this.#time.now;

  lastRunAt = async (): Promise<number> => this.#lastRunAt;

  async load(domainNodeId: string): Promise<readonly StoredMessage[]> {
    await this.#kept();
    const all = [...this.#paper.messages.values()];
    return all.filter((each) => each.domainNodeId === domainNodeId && !this.#ended.has(each.id));
  }

  add(message: StoredMessage): void {
    this.#push(() => this.#paper.messages.set(message.id, message));
  }

  sending({ messages, ...times }: SentRequest): Promise<void> {
    const doubt: Doubt = { ...times, packedWith: messages[0]?.id ?? '' };
    for (const { id, attempts } of messages) this.#change(id, () => ({ attempts, doubt }));
    return this.#kept();
  }

  notCarriedOut(ids: readonly string[]): void {
    for (const id of ids) this.#change(id, () => ({ doubt: undefined }) as never);
  }

  ended(id: string, end: unknown): void {
    this.#ended.add(id);
    this.#change(id, () => ({ end }));
  }

  remove(id: string): void {
    this.#ended.add(id);
    this.#handedOn.add(id);
    this.#time.setTimeout(() => this.#removeNow(id), heldBackMs);
  }

  note(key: string, value: unknown, forMs: number): void {
    const until = this.now() + forMs;
    this.#push(() => this.#paper.notes.set(key, { value, until }));
  }

  async notes(): Promise<readonly Note[]> {
    await this.#kept();
    const now = this.now();
    const all = [...this.#paper.notes].map(([key, { value, until }]) => ({
      key,
      value,
      leftMs: until - now,
    }));
    return all.filter(({ leftMs }) => leftMs > 0);
  }

  settled(): Promise<void> {
    for (const id of this.#handedOn) this.#removeNow(id);
    return this.#kept();
  }

  async close(): Promise<void> {}

  #removeNow(id: string): void {
    if (!this.#handedOn.delete(id)) return;
    this.#push(() => {
      this.#ended.delete(id);
      this.#paper.messages.delete(id);
    });
  }

  #kept(): Promise<void> {
    if (this.#pending.length === 0) return Promise.resolve();
    this.#commit ??= new Promise((resolve) => {
      this.#time.setTimeout(() => {
        if (this.#killed) return;
        this.#paper.writtenAt = this.now();
        for (const change of this.#pending.splice(0)) change();
        this.#commit = undefined;
        resolve();
      }, this.#commitMs);
    });
    return this.#commit;
  }

  #change(id: string, change: () => Partial<StoredMessage>): void {
    this.#push(() => {
      const message = this.#paper.messages.get(id);
      if (message) this.#paper.messages.set(id, { ...message, ...change() });
    });
  }

  #push(change: () => void): void {
    if (this.#killed) return;
    this.#pending.push(change);
    void this.#kept();
  }
}
