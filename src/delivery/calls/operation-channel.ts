import type { CasesError } from '../../errors/errors';
import type { Connection } from '../channel/connection';
import { type Pace, report, type Ticket } from '../channel/pace';
import { classify, type Failure } from '../service/outcome';
import { Alarm } from '../time/alarm';
import type { Clock } from '../time/clock';
import { Fifo } from '../waiting/fifo';

/** Requests of one operation that are under way at once. */
const mostRequests = 32;

/** What became of one request. */
export type Ending<Answer> = { readonly answer: Answer } | { readonly failure: Failure };

interface Waiting {
  readonly go: (permit: Permit) => void;
  readonly giveUp: (error: CasesError) => void;
  gone: boolean;
}

/** Leave to send one request. */
interface Permit {
  readonly ticket: Ticket;
  /** It finds out whether the service can be reached. */
  readonly probe: boolean;
}

export interface OperationChannelContext {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly connection: Connection;
  /** The IAM action. */
  readonly action: string;
  /** A request has ended: others may go now, also those of other operations. */
  readonly onTurn: () => void;
}

/** The way to the service for the requests of one operation: first come, first served, at the pace of its quota. */
export class OperationChannel {
  readonly #context: OperationChannelContext;
  readonly #waiting = new Fifo<Waiting>();
  readonly #alarm: Alarm;
  #sending = 0;

  constructor(context: OperationChannelContext) {
    this.#context = context;
    this.#alarm = new Alarm(context.clock, () => this.start());
  }

  /** Sends one request when its turn comes. Rejects only where it is given up before that. */
  async request<Answer>(
    send: () => Promise<Answer>,
    sensitive: readonly string[],
    onGiveUp: (giveUp: (error: CasesError) => void) => void,
  ): Promise<Ending<Answer>> {
    const { ticket, probe } = await new Promise<Permit>((go, reject) => {
      const waiting: Waiting = { go, giveUp: reject, gone: false };
      onGiveUp((error) => {
        waiting.gone = true;
        reject(error);
      });
      this.#waiting.push(waiting);
      this.start();
    });
    const { clock, pace, connection, action, onTurn } = this.#context;
    try {
      const answer = await send();
      connection.reached();
      pace.accepted(ticket, clock.now());
      return { answer };
    } catch (thrown) {
      const failure = classify(thrown, action, sensitive);
      connection.failed(failure, clock.now(), probe);
      report(pace, ticket, failure, clock.now());
      return { failure };
    } finally {
      this.#sending -= 1;
      onTurn();
    }
  }

  /** Lets go what may go now, and sets the alarm to when something else may. */
  start(): void {
    const { clock, pace, connection } = this.#context;
    const now = clock.now();
    for (;;) {
      while (this.#waiting.peek()?.gone) this.#waiting.shift();
      if (this.#waiting.size === 0 || this.#sending >= mostRequests) break;
      const wait = Math.max(connection.wait(now), pace.wait(now));
      if (wait > 0) {
        this.#alarm.set(now + wait, now);
        return;
      }
      this.#sending += 1;
      this.#waiting.shift()?.go({ ticket: pace.take(now), probe: connection.start() });
    }
    this.#alarm.set(Number.POSITIVE_INFINITY, now);
  }
}
