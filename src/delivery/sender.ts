import type { Connection } from './channel/connection';
import { type Pace, report } from './channel/pace';
import type { DeliveryState } from './delivery';
import type { Job } from './job';
import { classify, type Failure } from './service/outcome';
import type { CasesService, Created } from './service/service';
import type { Clock } from './time/clock';
import { Fifo } from './waiting/fifo';

/** Requests under way at once; enough for 100 a second where an answer takes a third of a second. */
const mostSends = 32;

export interface SenderContext {
  readonly service: CasesService;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Whether a job could begin if the pace allows. */
  readonly hasNext: () => boolean;
  readonly next: (now: number) => Job | undefined;
  /** The item exists. The job may have been settled meanwhile, also in `onFailed`. */
  readonly onCreated: (job: Job, created: Created) => void;
  readonly onFailed: (job: Job, failure: Failure) => void;
  /** Something has changed: other requests may go now. */
  readonly onTurn: () => void;
}

/** Sends requests as soon as the pace and the connection allow, those first that are sent again. */
export class Sender {
  readonly #context: SenderContext;
  readonly #again = new Fifo<Job>();
  #sending = 0;

  constructor(context: SenderContext) {
    this.#context = context;
  }

  /** The job's request may go once more. */
  send(job: Job): void {
    this.#again.push(job);
  }

  /** Sends what may go now; gives when the next request may. */
  start(now: number): number {
    const { connection, pace, hasNext, next } = this.#context;
    while (this.#again.peek()?.settled) this.#again.shift();
    while (this.#sending < mostSends && (this.#again.size > 0 || hasNext())) {
      const wait = Math.max(connection.wait(now), pace.wait(now));
      if (wait > 0) return now + wait;
      const job = this.#again.shift() ?? next(now);
      if (job && !job.settled) void this.#request(job, now);
    }
    return Number.POSITIVE_INFINITY;
  }

  async #request(job: Job, now: number): Promise<void> {
    const { service, clock, pace, connection, signal, onCreated, onFailed, onTurn } = this.#context;
    const probe = connection.start();
    const ticket = pace.take(now);
    for (const message of job.messages) message.attempts += 1;
    job.step = 'in flight';
    job.claim.sent();
    this.#sending += 1;
    tell(job, 'sending');
    try {
      const created = await service.create(job.request, signal);
      connection.reached();
      pace.accepted(ticket, clock.now());
      onCreated(job, created);
    } catch (thrown) {
      const failure = classify(thrown, 'cases:CreateRelatedItem', job.rules.sensitiveTexts(job.request));
      connection.failed(failure, clock.now(), probe);
      report(pace, ticket, failure, clock.now());
      job.claim.ended();
      onFailed(job, failure);
    } finally {
      this.#sending -= 1;
      onTurn();
    }
  }
}

/** Tells the messages of a job what it is doing. */
export const tell = ({ messages }: Job, state: DeliveryState): void => {
  for (const { options } of messages) options.onState?.(state);
};
