import type { CasesError } from '../../errors/errors';
import type { Failure } from '../service/outcome';

/** Requests that fail one after the other for longer are more than a moment's trouble, in milliseconds. */
const momentMs = 10_000;
/** So long after the last of them nobody knows any more, in milliseconds. */
const newsMs = 300_000;

/** Requests of one operation that go out, and of which for some time none was answered as it should be. */
export interface Failing {
  /** When the first of them failed, in milliseconds since 1970. */
  readonly since: number;
  /** How the last one failed. */
  readonly error: CasesError;
}

interface Streak {
  readonly count: number;
  readonly since: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly error: CasesError;
}

/** How the service answers the requests of one operation. Times by the clock of the delivery, unless another is named. */
export class Answers {
  readonly #warn: (topic: string, text: string) => void;
  #streak: Streak | undefined;

  constructor(warn: (topic: string, text: string) => void) {
    this.#warn = warn;
  }

  /** A request was answered as it should be, or what it was to do was found to be done. */
  good(): void {
    this.#streak = undefined;
  }

  /** A request failed. What breaks for a moment is no news; an answer that is none of the service's does not mend itself. */
  failed({ fate, cause, error }: Failure, now: number): void {
    const { httpStatus } = error.details;
    if (cause === 'offline' || cause === 'certificate') return;
    if (fate !== 'unknown' && cause !== 'unavailable') {
      if (httpStatus !== undefined) this.good();
      return;
    }
    const { since, firstAt, count } = this.#streak ?? { since: Date.now(), firstAt: now, count: 0 };
    this.#streak = { since, firstAt, lastAt: now, error, count: count + 1 };
    const wrong = httpStatus !== undefined && httpStatus < 300;
    if (wrong || count >= 2) this.#warn(error.message, error.message);
  }

  /** Undefined where all is well, or it is only for a moment that it is not. */
  failing(now: number): Failing | undefined {
    if (!this.#streak) return undefined;
    const { since, firstAt, lastAt, error } = this.#streak;
    return lastAt - firstAt >= momentMs && now - lastAt < newsMs ? { since, error } : undefined;
  }
}
