import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { MessageStore, StoredMessage } from '../message-store';
import { type Change, Changes } from './change';
import type { Answer, Request } from './disk-protocol';
import { toMessages, toRow } from './row';
import { againText, failureText, incompleteText, lossText, rescueText, unreadableText } from './warnings';

/** Messages that are read at once; the event loop has a turn in between. */
const pageSize = 250;
/** When writing is tried again after it failed, in milliseconds. */
const retryMs = 10_000;

export interface DiskStoreOptions {
  /** The file; its folder has to be there. */
  readonly path: string;
  /** The program of the thread that has the file, as the build or a test names it. */
  readonly thread: { readonly file: string | URL; readonly execArgv?: string[] };
  /** Told what somebody should look into. */
  readonly onWarning: (text: string) => void;
}

/**
 * Messages in a SQLite file, which a thread of its own writes: while it writes, changes gather, and all that have
 * gathered are the next commit. Where the file can't be used, nothing is kept and everything else goes on.
 */
export class DiskStore implements MessageStore {
  readonly #options: DiskStoreOptions;
  readonly #thread: Worker;
  /** Who waits for the answers to come, in the order of the requests. */
  readonly #asked: ((answer: Answer) => void)[] = [];
  readonly #opened: Promise<void>;
  readonly #changes = new Changes();
  #state: 'opening' | 'writing' | 'failing' | 'closing' | 'gone' = 'opening';
  /** The commit that is being made, and the one that all changes of now will be in. */
  #commit: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #saidIncomplete = false;

  constructor(options: DiskStoreOptions) {
    const { path, thread } = options;
    this.#options = options;
    this.#thread = new Worker(thread.file, { workerData: path, execArgv: thread.execArgv ?? [] });
    this.#thread.unref();
    this.#thread.on('message', (answer: Answer) => this.#asked.shift()?.(answer));
    this.#thread.on('error', ({ message }) => this.#lose(message));
    this.#thread.on('exit', () => this.#lose('its thread ended'));
    this.#opened = this.#open();
  }

  get durable(): boolean {
    return this.#state === 'writing';
  }

  async load(domainNodeId: string): Promise<readonly StoredMessage[]> {
    await this.settled();
    const messages: StoredMessage[] = [];
    let unreadable = 0;
    let upTo: number | undefined;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const { page } = await this.#ask({ do: 'page', page: { domainNodeId, after, upTo, limit: pageSize } });
      if (!page) break;
      for (const message of toMessages(page)) {
        if (message) messages.push(message);
        else unreadable += 1;
      }
      ({ after, upTo } = page);
      await nextTurn();
    }
    if (unreadable > 0) this.#options.onWarning(unreadableText(this.#options.path, unreadable));
    return messages;
  }

  add(message: StoredMessage): void {
    const { row, complete } = toRow(message);
    if (!complete) this.#sayIncomplete();
    this.#push({ do: 'add', id: row.id, row });
  }

  sending(id: string, attempts: number, at: number): Promise<void> {
    this.#push({ do: 'sending', id, attempts, at });
    return this.settled();
  }

  remove(id: string): void {
    this.#push({ do: 'remove', id });
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
    await this.#ask({ do: 'close' });
    this.#state = 'gone';
    await this.#thread.terminate();
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
    const { failure } = await this.#ask({ do: 'apply', changes });
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
    const { failure, rescue } = await this.#ask({ do: 'open' });
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
    for (const answer of this.#asked.splice(0)) answer({ failure: { text: why, held } });
    void this.#thread.terminate();
    this.#options.onWarning(lossText(this.#options.path, why, held));
  }

  #ask(request: Request): Promise<Answer> {
    if (this.#state === 'gone') return Promise.resolve({ failure: { text: 'it is closed', held: false } });
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      this.#thread.postMessage(request);
    });
  }

  #sayIncomplete(): void {
    if (this.#saidIncomplete) return;
    this.#saidIncomplete = true;
    this.#options.onWarning(incompleteText);
  }
}
