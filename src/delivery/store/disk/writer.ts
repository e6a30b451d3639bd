import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Change, Changes } from './change';
import type { Answer, OpenAnswer, Request } from './disk-protocol';
import { FileThread, type ThreadProgram } from './file-thread';
import { againText, emptiedText, failureText, lossText, rescueText } from './warnings';

/** When writing is tried again after it failed, in milliseconds. */
const retryMs = 10_000;
/** While messages wait, the time is written down so often. */
const tickMs = 60_000;

export interface WriterOptions {
  /** The file; its folder has to be there. */
  readonly path: string;
  readonly thread: ThreadProgram;
  /** Told what somebody should look into. */
  readonly onWarning: (text: string) => void;
}

/**
 * Has changes written by a thread of its own: while it writes, changes gather, and all that have gathered are the next
 * commit. Where the file can't be written they gather until it can be; where it can't be used, they are dropped.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #thread: FileThread;
  /** Told what the file had to say before anything was written. */
  readonly #onOpen: (answer: OpenAnswer) => void;
  readonly #opened: Promise<void>;
  readonly #ticks: NodeJS.Timeout;
  #state: 'opening' | 'writing' | 'failing' | 'closing' | 'gone' = 'opening';
  /** What is not in the file yet. */
  readonly changes = new Changes();
  /** The commit that is being made, and the one that all changes of now will be in. */
  #commit: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  /** Whether this machine's clock was right when it was last compared. */
  wallIsRight = false;

  constructor(options: WriterOptions, onOpen: (answer: OpenAnswer) => void) {
    this.#options = options;
    this.#onOpen = onOpen;
    this.#thread = new FileThread(options.path, options.thread, (why) => this.#lose(why));
    this.#opened = this.#open();
    this.#ticks = setInterval(
      () => void this.ask({ do: 'tick', wallIsRight: this.wallIsRight }),
      tickMs,
    ).unref();
  }

  get state(): 'opening' | 'writing' | 'failing' | 'closing' | 'gone' {
    return this.#state;
  }

  push(change: Change): void {
    if (this.#state === 'closing' || this.#state === 'gone') return;
    this.changes.push(change);
    if (this.#state !== 'failing') this.#commitSoon();
  }

  /** Resolves once all that was pushed is in the file, or can't be written for now. */
  settled(): Promise<void> {
    return this.#next ?? this.#commit;
  }

  /** Resolves once the file is open, or can't be. */
  opened(): Promise<void> {
    return this.#opened;
  }

  async ask(request: Request): Promise<Answer> {
    const answer = await this.#thread.ask(request);
    if (answer.open && request.do !== 'open') {
      const { path, onWarning } = this.#options;
      onWarning(answer.open.rescue ? rescueText(path, answer.open.rescue) : emptiedText(path));
    }
    return answer;
  }

  async close(): Promise<void> {
    clearTimeout(this.#retry);
    await this.settled();
    if (this.changes.size > 0) await this.#write();
    clearTimeout(this.#retry);
    clearInterval(this.#ticks);
    if (this.#state === 'gone') return;
    this.#state = 'closing';
    await this.ask({ do: 'close' });
    this.#state = 'gone';
    await this.#thread.end();
  }

  #commitSoon(): void {
    this.#next ??= this.#commitNext();
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
    const changes = this.changes.take();
    if (changes.length === 0) return;
    const { failure } = await this.ask({ do: 'apply', changes, wallIsRight: this.wallIsRight });
    if (this.#state === 'gone') return;
    if (failure) {
      this.changes.putBack(changes);
      this.#fail(failure.text);
    } else if (this.#state === 'failing') {
      this.#state = 'writing';
      this.#options.onWarning(againText(this.#options.path));
      // What came meanwhile.
      if (this.changes.size > 0) this.#commitSoon();
    }
  }

  async #open(): Promise<void> {
    const { failure, open } = await this.ask({ do: 'open' });
    if (failure) this.#lose(failure.text, failure.held);
    if (this.#state !== 'opening' || !open) return;
    this.#state = 'writing';
    if (open.rescue) this.#options.onWarning(rescueText(this.#options.path, open.rescue));
    this.#onOpen(open);
  }

  #fail(why: string): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#commitSoon(), retryMs).unref();
    if (this.#state === 'failing') return;
    this.#state = 'failing';
    this.#options.onWarning(failureText(this.#options.path, why));
  }

  /** The file can't be used any more. */
  #lose(why: string, held = false): void {
    if (this.#state === 'closing' || this.#state === 'gone') return;
    this.#state = 'gone';
    clearTimeout(this.#retry);
    clearInterval(this.#ticks);
    this.changes.take();
    void this.#thread.end();
    this.#options.onWarning(lossText(this.#options.path, why, held));
  }
}
