import { Worker } from 'node:worker_threads';
import type { Answer, Request } from './disk-protocol';

/** The program of the thread that has the file, as the build or a test names it. */
export interface ThreadProgram {
  readonly file: string | URL;
  readonly execArgv?: string[];
}

/** The thread that has the file, seen from outside. It keeps no process alive. */
export class FileThread {
  readonly #worker: Worker;
  /** Who waits for the answers to come, in the order of the requests. */
  readonly #asked: ((answer: Answer) => void)[] = [];
  #ended = false;

  /** `onLoss` is told why the thread ended that was not to end. */
  constructor(path: string, { file, execArgv = [] }: ThreadProgram, onLoss: (why: string) => void) {
    this.#worker = new Worker(file, { workerData: path, execArgv });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => this.#asked.shift()?.(answer));
    this.#worker.on('error', ({ message }) => onLoss(message));
    this.#worker.on('exit', () => onLoss('its thread ended'));
  }

  /** Resolves with the answer; one says so where the thread has ended. */
  ask(request: Request): Promise<Answer> {
    if (this.#ended) return Promise.resolve(closedAnswer);
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      this.#worker.postMessage(request);
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    for (const answer of this.#asked.splice(0)) answer(closedAnswer);
    await this.#worker.terminate();
  }
}

const closedAnswer: Answer = { failure: { text: 'it is closed', held: false } };
