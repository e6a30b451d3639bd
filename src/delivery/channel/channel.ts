import { iamActionOf, type OperationName } from '../../model/operations';
import type { DeliveryObserver } from '../observing/observer';
import { classify, type Failure } from '../service/outcome';
import type { Clock } from '../time/clock';
import { Fifo } from '../waiting/fifo';
import { Answers, type Failing } from './answers';
import type { Connection } from './connection';
import type { Pace, Ticket } from './pace';

/** Who sends requests. Once it is settled, none of its requests has its turn any more. */
export interface Caller {
  readonly settled: boolean;
  /** Texts that no error repeats. */
  sensitiveTexts(): readonly string[];
  /** Told that a request of its failed, as all have been failing for some time. */
  failing(): void;
}

/** How one request ended. */
export type Result<Answer> = { readonly answer: Answer } | { readonly failure: Failure };

/** What the channels of a delivery share. */
export interface ChannelContext {
  readonly clock: Clock;
  readonly connection: Connection;
  readonly observer: DeliveryObserver;
  readonly warn: (topic: string, text: string) => void;
  /** Ends all that is in flight. */
  readonly signal: AbortSignal;
  /** Something has changed: other requests may go now. */
  readonly onTurn: () => void;
}

interface Turn {
  readonly ticket: Ticket;
  /** It finds out whether the service can be reached again. */
  readonly probe: boolean;
}

const never = Number.POSITIVE_INFINITY;

/** The way to one operation of the service, at the pace of its quota: whatever is sent goes through its channel. */
export class Channel {
  readonly #context: ChannelContext;
  readonly #operation: OperationName;
  readonly #pace: Pace;
  /** Requests in flight at once. */
  readonly #slots: number;
  readonly #answers: Answers;
  readonly #waiting = new Fifo<{ readonly caller: Caller; readonly go: (turn: Turn) => void }>();
  #inFlight = 0;

  constructor(context: ChannelContext, operation: OperationName, pace: Pace, slots: number) {
    this.#context = context;
    this.#operation = operation;
    this.#pace = pace;
    this.#slots = slots;
    this.#answers = new Answers(context.warn);
  }

  /** Requests per second that there are to have, as far as is known. */
  get perSecond(): number {
    return this.#pace.perSecond;
  }

  /** How its requests fail, where they have been failing for some time. */
  get failing(): Failing | undefined {
    return this.#answers.failing(this.#context.clock.now());
  }

  /** What a request was to do was found to be done, though its answer was lost. */
  carriedOut(): void {
    this.#answers.good();
  }

  /** How long until a request may go; 0: now, infinity: when another has ended. */
  wait(now: number): number {
    if (this.#inFlight >= this.#slots) return never;
    return Math.max(this.#context.connection.wait(now), this.#pace.wait(now));
  }

  /** How many requests the pace lets through at once. */
  available(now: number): number {
    return this.#pace.available(now);
  }

  /** Runs `send`, which sends one request, as soon as it is its turn. Never settles if the caller is settled before. */
  call<Answer>(caller: Caller, send: (signal: AbortSignal) => Promise<Answer>): Promise<Result<Answer>> {
    return new Promise((resolve) => {
      const go = (turn: Turn) => void this.#request(turn, caller, send).then(resolve);
      const now = this.#context.clock.now();
      if (this.#waiting.size === 0 && this.wait(now) === 0) go(this.#takeTurn(now));
      else {
        this.#waiting.push({ caller, go });
        this.#context.onTurn();
      }
    });
  }

  /** Sends what waits and may go now; gives when the next request may. */
  start(now: number): number {
    for (let next = this.#waiting.peek(); next; next = this.#waiting.peek()) {
      if (!next.caller.settled) {
        const wait = this.wait(now);
        if (wait > 0) return now + wait;
        next.go(this.#takeTurn(now));
      }
      this.#waiting.shift();
    }
    return never;
  }

  #takeTurn(now: number): Turn {
    this.#inFlight += 1;
    return { probe: this.#context.connection.start(), ticket: this.#pace.take(now) };
  }

  async #request<Answer>(
    { ticket, probe }: Turn,
    caller: Caller,
    send: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Result<Answer>> {
    const { clock, connection, observer, signal, onTurn } = this.#context;
    observer.sent(this.#operation);
    try {
      const answer = await send(signal);
      connection.reached();
      this.#answers.good();
      this.#pace.accepted(ticket, clock.now());
      return { answer };
    } catch (thrown) {
      const failure = classify(thrown, iamActionOf(this.#operation), caller.sensitiveTexts());
      connection.failed(failure, clock.now(), probe);
      this.#answers.failed(failure, clock.now());
      if (this.failing) caller.failing();
      if (failure.cause === 'throttled') {
        this.#pace.refused(ticket, clock.now(), failure.retryAfterMs);
        observer.refused(this.#operation);
      } else this.#pace.accepted(ticket, clock.now());
      return { failure };
    } finally {
      this.#inFlight -= 1;
      onTurn();
    }
  }
}
