import type { Quota } from '../../model/quotas';
import type { Failure } from '../service/outcome';
import { backoffMs } from '../time/backoff';
import { AutoPace } from './auto-pace';
import { TokenBucket } from './token-bucket';

/** When requests may go. All times in milliseconds of one clock that never goes back. */
export interface Pace {
  /** How long until the next request may go; 0: now. */
  wait(now: number): number;
  /** How many requests may go at once. */
  available(now: number): number;
  /** A request goes. */
  take(now: number): Ticket;
  /** It was not refused: whatever became of it, it took its share of the quota. */
  accepted(ticket: Ticket, now: number): void;
  /** The service answered that its quota is used up. */
  refused(ticket: Ticket, now: number, retryAfterMs?: number): void;
}

/** A request that was let through. */
export interface Ticket {
  readonly number: number;
  readonly at: number;
}

/** A pace of `rate` requests per second; with `auto` it starts at `perSecond` and finds out what there is to have. */
export function createPace(rate: 'auto' | number, { perSecond, burst }: Quota, random: () => number): Pace {
  return rate === 'auto' ? new AutoPace(perSecond, burst) : new FixedPace(rate, burst, random);
}

/** Tells the pace what a failed request says about the quota. */
export function report(pace: Pace, ticket: Ticket, { cause, retryAfterMs }: Failure, now: number): void {
  if (cause === 'throttled') pace.refused(ticket, now, retryAfterMs);
  else pace.accepted(ticket, now);
}

/** How far below the configured rate to stay, so that a clock that runs fast is no reason for a refusal. */
const rateMargin = 0.005;
/** Requests that were sent apart may arrive together: that much of the burst is left to them. */
const jitterSeconds = 0.05;
const refusalBackoff = { firstMs: 250, capMs: 5000 };

/** A token bucket a little smaller than the service's own, so that nothing is refused. */
class FixedPace implements Pace {
  readonly #bucket: TokenBucket;
  readonly #random: () => number;
  #sent = 0;
  /** Requests up to this one were sent before the last pause began. */
  #pausedAfter = 0;
  #refusals = 0;

  constructor(rate: number, burst: number, random: () => number) {
    const capacity = Math.max(1, burst - Math.max(1, rate * jitterSeconds));
    this.#bucket = new TokenBucket(rate * (1 - rateMargin), capacity);
    this.#random = random;
  }

  wait(now: number): number {
    return this.#bucket.wait(now);
  }

  available(now: number): number {
    return this.#bucket.available(now);
  }

  take(now: number): Ticket {
    this.#bucket.take(now);
    this.#sent += 1;
    return { number: this.#sent, at: now };
  }

  accepted({ number }: Ticket, now: number): void {
    this.#bucket.arrived(now);
    if (number > this.#pausedAfter) this.#refusals = 0;
  }

  refused({ number }: Ticket, now: number, retryAfterMs = 0): void {
    if (number <= this.#pausedAfter) return;
    this.#pausedAfter = this.#sent;
    const pause = Math.max(retryAfterMs, backoffMs(refusalBackoff, this.#refusals, this.#random));
    this.#refusals += 1;
    this.#bucket.empty(now, pause);
  }
}
