import { asCasesError, type CasesError } from '../errors/errors';
import type { Delivered, DeliverySettings, End, Task, TaskContext } from './delivery';
import type { Endings } from './endings';
import { closed, dropped, expired } from './own-errors';
import type { StoredMessage } from './store/message-store';
import type { Clock } from './time/clock';
import { Fifo } from './waiting/fifo';

interface TasksContext {
  readonly settings: DeliverySettings;
  readonly clock: Clock;
  readonly endings: Endings;
  /** Has one operation carried out for a task. */
  readonly call: (message: TaskMessage, ...request: Parameters<TaskContext['deliver']>) => Promise<Delivered>;
  /** Told when another task may begin. */
  readonly onTurn: () => void;
}

/** A message that a task is carried out for. */
export interface TaskMessage {
  readonly record: StoredMessage;
  readonly task: Task;
  /** When it is given up; infinity: never. */
  readonly deadline: number;
  /** One of its requests may have changed something. */
  wrote: boolean;
  settled: boolean;
}

/** Tasks that ask the service for something at once. Others wait for one of them, and may do so for as long as it takes. */
const mostAsking = 1000;
/** Tasks under way at once: each is a running function. */
const mostRunning = 10_000;
/** Begun or given up in one go where many are; the event loop has a turn in between. */
const atOnce = 100;

/** The messages that tasks are carried out for: begun in the order in which they came. */
export class Tasks {
  readonly #context: TasksContext;
  readonly #waiting = new Fifo<TaskMessage>();
  readonly #running = new Set<TaskMessage>();
  #asking = 0;

  constructor(context: TasksContext) {
    this.#context = context;
  }

  /** How many have not ended. */
  get size(): number {
    return this.#waiting.size + this.#running.size;
  }

  /** Requests of theirs that wait in lanes or are on their way. */
  get asking(): number {
    return this.#asking;
  }

  /** How many have not begun. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** When the next is given up that has not begun; infinity: never. */
  get nextAt(): number {
    return this.#waiting.peek()?.deadline ?? Number.POSITIVE_INFINITY;
  }

  add(record: StoredMessage, task: Task, deadline: number): void {
    this.#waiting.push({ record, task, deadline, wrote: false, settled: false });
    this.#context.onTurn();
  }

  /** All that have not ended, the oldest first. */
  *all(): Iterable<StoredMessage> {
    for (const { record } of this.#running) yield record;
    for (const { record } of this.#waiting.items()) yield record;
  }

  /** Takes out, for good, those that are `meant` and have changed nothing yet. */
  remove(meant: (message: StoredMessage) => boolean): StoredMessage[] {
    const removed: TaskMessage[] = [];
    for (const message of this.#running) if (!message.wrote && meant(message.record)) removed.push(message);
    for (const message of removed) this.#running.delete(message);
    for (const message of removed) message.settled = true;
    return [...removed.map(({ record }) => record), ...this.removeWaiting(meant)];
  }

  /** Takes out those that are `meant` and have not begun. */
  removeWaiting(meant: (message: StoredMessage) => boolean): StoredMessage[] {
    return this.#waiting.take(({ record }) => meant(record)).map(({ record }) => record);
  }

  /** Begins what may begin, unless `paused`, and gives up what is late; true where there is more of either. */
  begin(now: number, paused: boolean): boolean {
    for (let count = 0; count < atOnce; count += 1) {
      const message = this.#waiting.peek();
      if (!message) return false;
      const late = this.#late(message, now);
      if (!late && (paused || this.#isFull)) return false;
      this.#waiting.shift();
      if (late) this.#context.endings.handOn(message.record, { error: late });
      else void this.#run(message);
    }
    return true;
  }

  /** Gives up what has not begun; true where there is more. */
  giveUp(): boolean {
    for (let count = 0; count < atOnce; count += 1) {
      const message = this.#waiting.shift();
      if (!message) return false;
      this.#context.endings.handOn(message.record, { error: closed('no') });
    }
    return true;
  }

  /** Gives up what is under way. */
  abort(): void {
    for (const message of this.#running)
      this.#settle(message, { error: closed(message.wrote ? 'unknown' : 'no') });
  }

  async #run(message: TaskMessage): Promise<void> {
    const { clock, call, endings } = this.#context;
    const { record, task } = message;
    this.#running.add(message);
    endings.tell([message], 'sending');
    const context: TaskContext = {
      id: record.id,
      deliver: async (rules, input) => {
        // Somebody took it out of the queue meanwhile.
        if (message.settled) throw dropped('no');
        this.#asking += 1;
        try {
          return (await call(message, rules as never, input)) as never;
        } finally {
          this.#asking -= 1;
          this.#context.onTurn();
        }
      },
      late: () => this.#late(message, clock.now()),
    };
    try {
      this.#settle(message, { result: await task.run(record.input, context) });
    } catch (thrown) {
      this.#settle(message, { error: asCasesError(thrown, message.wrote ? 'unknown' : 'no') });
    }
  }

  get #isFull(): boolean {
    return this.#asking >= mostAsking || this.#running.size >= mostRunning;
  }

  #settle(message: TaskMessage, end: End): void {
    if (message.settled) return;
    message.settled = true;
    this.#running.delete(message);
    this.#context.endings.handOn(message.record, end);
    this.#context.onTurn();
  }

  #late({ deadline, wrote }: TaskMessage, now: number): CasesError | undefined {
    const { deadlineSeconds } = this.#context.settings;
    return deadline > now ? undefined : expired(deadlineSeconds, wrote ? 'unknown' : 'no');
  }
}
