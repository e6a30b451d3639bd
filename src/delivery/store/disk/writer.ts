import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Change, Changes } from './change';
import { type Answer, monotonicMs, type OpenAnswer, type Request } from './disk-protocol';
import { FileThread, type ThreadProgram } from './file-thread';
import { againText, emptiedText, failureText, notOpenText, openText, rescueText } from './warnings';

/** When opening or writing is tried again after it failed, in milliseconds: twice as long each time. */
const retry = { firstMs: 10_000, mostMs: 300_000 };
/** A failure after so long without one is a new one. */
const calmMs = 2 * retry.mostMs;
/** While messages wait, the time is written down so often. */
const tickMs = 60_000;

export interface WriterOptions {
  /** The file; where its folder is not there yet, it is waited for. */
  readonly path: string;
  readonly thread: ThreadProgram;
  /** Told what somebody should look into. */
  readonly onWarning: (text: string) => void;
}

/** Whose changes are written. */
interface Owner {
  /** Told, before anything is written, what the file has to say when it is opened for the first time. */
  opened(answer: OpenAnswer): void;
  /** By the clock of the file. */
  now(): number;
}

/**
 * Has changes written by a thread of its own: while it writes, changes gather, and all that have gathered are the next
 * commit. Where the file can't be opened or written they gather until it can be.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #owner: Owner;
  readonly #thread: FileThread;
  readonly #ticks: NodeJS.Timeout;
  #state: 'opening' | 'writing' | 'failing' | 'closed' = 'opening';
  #wasOpen = false;
  /** What is not in the file yet. */
  readonly changes = new Changes();
  /** The commit that is being made, and the one that all changes of now will be in. */
  #commit: Promise<void>;
  #next: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  /** What failed is to be tried again by the next commit. */
  #isDue = false;
  #retryMs = retry.firstMs;
  #failedAt = Number.NEGATIVE_INFINITY;
  /** Whether this machine's clock was right when it was last compared. */
  wallIsRight = false;

  constructor(options: WriterOptions, owner: Owner) {
    this.#options = options;
    this.#owner = owner;
    this.#thread = new FileThread(options.path, options.thread, (why) => this.#lose(why));
    this.#commit = this.#open().then(() => {});
    this.#ticks = setInterval(
      () => void this.ask({ do: 'tick', wallIsRight: this.wallIsRight }),
      tickMs,
    ).unref();
  }

  /** Whether the file is open, and what is pushed gets into it, as far as is known now. */
  get isWriting(): boolean {
    return this.#state === 'writing';
  }

  /** Whether the file was open at some time: what is in it is known. */
  get wasOpen(): boolean {
    return this.#wasOpen;
  }

  push(change: Change): void {
    if (this.#state === 'closed') return;
    this.changes.push(change);
    if (this.#state !== 'failing') this.#commitSoon();
  }

  /** Resolves once all that was pushed is in the file, or can't be written for now. */
  settled(): Promise<void> {
    return this.#next ?? this.#commit;
  }

  /** As `settled`, but what can't be written is tried once more now. */
  flush(): Promise<void> {
    if (this.#state === 'failing') this.#tryAgain();
    return this.settled();
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
    if (this.changes.size > 0) await this.flush();
    clearTimeout(this.#retry);
    clearInterval(this.#ticks);
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await this.ask({ do: 'close' });
    await this.#thread.end();
  }

  #tryAgain(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#isDue = true;
    this.#commitSoon();
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
    const failing = this.#state === 'failing';
    if (failing && !this.#isDue) return;
    this.#isDue = false;
    const wasOpen = this.#wasOpen;
    if (failing && !(await this.#open())) return;
    const changes = this.changes.take();
    // Where it failed, it is tried also with nothing to write.
    if (changes.length === 0 && !failing) return;
    const { failure } = await this.ask({ do: 'apply', changes, wallIsRight: this.wallIsRight });
    if (this.#state === 'closed') return;
    const { path, onWarning } = this.#options;
    if (failure) {
      this.changes.putBack(changes, this.#owner.now(), failure.isDone);
      this.#fail(failureText(path, failure.text));
    } else if (failing) {
      this.#state = 'writing';
      onWarning(wasOpen ? againText(path) : openText(path));
      // What came meanwhile.
      if (this.changes.size > 0) this.#commitSoon();
    }
  }

  /** Has the file opened where it is not; false where it can't be for now. */
  async #open(): Promise<boolean> {
    const { failure, open } = await this.ask({ do: 'open' });
    if (this.#state === 'closed') return false;
    const { path, onWarning } = this.#options;
    if (failure) {
      this.changes.putBack([], this.#owner.now());
      this.#fail(notOpenText(path, failure.text, failure.held));
      return false;
    }
    if (this.#state === 'opening') this.#state = 'writing';
    if (open?.rescue) onWarning(rescueText(path, open.rescue));
    if (open && !this.#wasOpen) {
      this.#wasOpen = true;
      this.#owner.opened(open);
    }
    return true;
  }

  /** It is tried again by and by. */
  #fail(text: string): void {
    if (this.#retry) return;
    const now = monotonicMs();
    this.#retryMs = now - this.#failedAt > calmMs ? retry.firstMs : Math.min(2 * this.#retryMs, retry.mostMs);
    this.#failedAt = now;
    this.#retry = setTimeout(() => this.#tryAgain(), this.#retryMs).unref();
    if (this.#state === 'failing') return;
    this.#state = 'failing';
    this.#options.onWarning(text);
  }

  /** The thread ended; one that was to open the file says so by its answer. */
  #lose(why: string): void {
    if (this.#state === 'writing') this.#fail(failureText(this.#options.path, why));
  }
}
