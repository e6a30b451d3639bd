import { Worker } from 'node:worker_threads';
import type { Answer, Request } from './disk-protocol';

/** The program of the thread that has the file, as the build or a test names it. */
export interface ThreadProgram {
  readonly file: string | URL;
  readonly execArgv?: string[];
}

/** The thread that has the file, seen from outside; where it has ended, opening the file begins another. It keeps no process alive. */
export class FileThread {
  readonly #path: string;
  readonly #program: ThreadProgram;
  readonly #onLoss: (why: string) => void;
  #worker: Worker | undefined;
  /** Who waits for the answers to come, in the order of the requests. */
  readonly #asked: ((answer: Answer) => void)[] = [];
  #ended = false;

  /** `onLoss` is told why the thread ended that was not to end. */
  constructor(path: string, program: ThreadProgram, onLoss: (why: string) => void) {
    this.#path = path;
    this.#program = program;
    this.#onLoss = onLoss;
  }

  /** Resolves with the answer; one says so where the thread has ended. */
  ask(request: Request): Promise<Answer> {
    if (this.#ended) return Promise.resolve(noAnswer('it is closed'));
    return new Promise((resolve) => {
      try {
        if (request.do === 'open') this.#worker ??= this.#begin();
        if (!this.#worker) return resolve(noAnswer('its thread ended'));
        this.#worker.postMessage(request);
        this.#asked.push(resolve);
      } catch (error) {
        resolve(noAnswer(String(error)));
      }
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#answerAll('it is closed');
    await this.#worker?.terminate();
  }

  #begin(): Worker {
    const { file, execArgv = [] } = this.#program;
    const worker = new Worker(file, { workerData: this.#path, execArgv });
    worker.unref();
    worker.on('message', (answer: Answer) => {
      if (this.#worker === worker) this.#asked.shift()?.(answer);
    });
    worker.on('error', ({ message }) => this.#lose(worker, message));
    worker.on('exit', () => this.#lose(worker, 'its thread ended'));
    return worker;
  }

  #lose(worker: Worker, why: string): void {
    if (this.#ended || this.#worker !== worker) return;
    this.#worker = undefined;
    this.#onLoss(why);
    this.#answerAll(why);
  }

  #answerAll(why: string): void {
    for (const answer of this.#asked.splice(0)) answer(noAnswer(why));
  }
}

const noAnswer = (text: string): Answer => ({ failure: { text, held: false, isDone: 'unknown' } });
