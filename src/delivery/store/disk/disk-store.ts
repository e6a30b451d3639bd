import { setImmediate as nextTurn } from 'node:timers/promises';
import { serialize } from 'node:v8';
import type { MessageStore, Note, SentRequest, StoredMessage } from '../message-store';
import { type Change, Changes } from './change';
import { FileThread, type ThreadProgram } from './file-thread';
import { toColumns, toMessages, toRow } from './row';
import { againText, failureText, incompleteText, lossText, rescueText, unreadableText } from './warnings';

/** Messages that are read at once; the event loop has a turn in between. */
const pageSize = 250;
/** When writing is tried again after it failed, in milliseconds. */
const retryMs = 10_000;

export interface DiskStoreOptions {
  /** The file; its folder has to be there. */
  readonly path: string;
  readonly thread: ThreadProgram;
  /** Told what somebody should look into. */
  readonly onWarning: (text: string) => void;
}

/**
 * Messages in a SQLite file, which a thread of its own writes: while it writes, changes gather, and all that have
 * gathered are the next commit. Where the file can't be used, nothing is kept and everything else goes on.
 */
export class DiskStore implements MessageStore {
  readonly #options: DiskStoreOptions;
  readonly #thread: FileThread;
  readonly #opened: Promise<void>;
  readonly #changes = new Changes();
  /** Messages whose end is known and not handed on yet. */
  readonly #ended = new Set<string>();
  #state: 'opening' | 'writing' | 'failing' | 'closing' | 'gone' = 'opening';
  /** The commit that is being made, and the one that all changes of now will be in. */
  #commit: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #saidIncomplete = false;

  constructor(options: DiskStoreOptions) {
    this.#options = options;
    this.#thread = new FileThread(options.path, options.thread, (why) => this.#lose(why));
    this.#opened = this.#open();
  }

  get durable(): boolean {
    return this.#state === 'writing';
  }

  get handsOver(): boolean {
    return this.#state !== 'gone';
  }

  now(): number {
    return Date.now();
  }

  async lastRunAt(): Promise<number> {
    return Number.NEGATIVE_INFINITY;
  }

  async load(domainNodeId: string): Promise<readonly StoredMessage[]> {
    await this.settled();
    const messages: StoredMessage[] = [];
    let unreadable = 0;
    let upTo: number | undefined;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const { page } = await this.#thread.ask({
        do: 'page',
        page: { domainNodeId, after, upTo, limit: pageSize },
      });
      if (!page) break;
      for (const message of toMessages(page)) {
        if (!message) unreadable += 1;
        else if (!this.#ended.has(message.id)) messages.push(message);
      }
      ({ after, upTo } = page);
      await nextTurn();
    }
    if (unreadable > 0) this.#options.onWarning(unreadableText(this.#options.path, unreadable));
    return messages;
  }

  /** How many messages it has, by their domain nodes, whether these are there or not. */
  async counts(): Promise<ReadonlyMap<string, number>> {
    await this.settled();
    const { counts = new Map() } = await this.#thread.ask({ do: 'count' });
    return counts;
  }

  add(message: StoredMessage): void {
    const { row, complete } = toRow(message);
    if (!complete) this.#sayIncomplete();
    this.#push({ do: 'add', id: row.id, row });
  }

  sending({ messages, ...doubt }: SentRequest): Promise<void> {
    const packedWith = messages[0]?.id ?? '';
    const columns = toColumns({ ...doubt, packedWith });
    for (const { id, attempts } of messages) this.#push({ do: 'doubt', id, attempts, doubt: columns });
    return this.settled();
  }

  notCarriedOut(ids: readonly string[]): void {
    for (const id of ids) this.#push({ do: 'doubt', id, attempts: null, doubt: toColumns(undefined) });
  }

  ended(id: string): void {
    this.#ended.add(id);
  }

  remove(id: string): void {
    this.#ended.delete(id);
    this.#push({ do: 'remove', id });
  }

  note(key: string, value: unknown, forMs: number): void {
    this.#push({ do: 'note', id: `note ${key}`, value: serialize(value), until: this.now() + forMs });
  }

  async notes(): Promise<readonly Note[]> {
    return [];
  }

  settled(): Promise<void> {
    return this.#next ?? this.#commit;
  }

  async close(): Promise<void> {
    clearTimeout(this.#retry);
    await this.settled();
    if (this.#changes.size > 0) await this.#write();
    if (this.#state === 'gone') return;
    this.#state = 'closing';
    await this.#thread.ask({ do: 'close' });
    this.#state = 'gone';
    await this.#thread.end();
  }

  #push(change: Change): void {
    if (this.#state === 'closing' || this.#state === 'gone') return;
    this.#changes.push(change);
    if (this.#state !== 'failing') this.#next ??= this.#commitNext();
  }

  /** Once the commit before is made, and the turn of the event loop is over: a burst is one commit. */
  async #commitNext(): Promise<void> {
    await this.#commit;
    await nextTurn();
    this.#commit = this.#next as Promise<void>;
    this.#next = undefined;
    await this.#write();
  }

  async #write(): Promise<void> {
    await this.#opened;
    const changes = this.#changes.take();
    if (changes.length === 0) return;
    const { failure } = await this.#thread.ask({ do: 'apply', changes });
    if (this.#state === 'gone') return;
    if (failure) {
      this.#changes.putBack(changes);
      this.#fail(failure.text);
    } else if (this.#state === 'failing') {
      this.#state = 'writing';
      this.#options.onWarning(againText(this.#options.path));
    }
  }

  async #open(): Promise<void> {
    const { failure, rescue } = await this.#thread.ask({ do: 'open' });
    if (failure) this.#lose(failure.text, failure.held);
    if (this.#state !== 'opening') return;
    this.#state = 'writing';
    if (rescue) this.#options.onWarning(rescueText(this.#options.path, rescue));
  }

  #fail(why: string): void {
    this.#retry = setTimeout(() => void this.#write(), retryMs).unref();
    if (this.#state === 'failing') return;
    this.#state = 'failing';
    this.#options.onWarning(failureText(this.#options.path, why));
  }

  /** The file can't be used any more. */
  #lose(why: string, held = false): void {
    if (this.#state === 'closing' || this.#state === 'gone') return;
    this.#state = 'gone';
    clearTimeout(this.#retry);
    this.#changes.take();
    void this.#thread.end();
    this.#options.onWarning(lossText(this.#options.path, why, held));
  }

  #sayIncomplete(): void {
    if (this.#saidIncomplete) return;
    this.#saidIncomplete = true;
    this.#options.onWarning(incompleteText);
  }
}
