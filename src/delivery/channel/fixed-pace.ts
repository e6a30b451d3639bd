import { backoffMs } from '../time/backoff';
import type { Pace, Ticket } from './pace';
import { TokenBucket } from './token-bucket';

/** How far below the configured rate to stay, so that a clock that runs fast is no reason for a refusal. */
const rateMargin = 0.005;
/** Requests that were sent apart may arrive together: that much of the burst is left to them. */
const jitterSeconds = 0.05;
const refusalBackoff = { firstMs: 250, capMs: 5000 };

/** A token bucket a little smaller than the service's own, so that nothing is refused. */
export class FixedPace implements Pace {
  readonly #bucket: TokenBucket;
  readonly perSecond: number;
  readonly #random: () => number;
  #sent = 0;
  /** Requests up to this one were sent before the last pause began. */
  #pausedAfter = 0;
  #refusals = 0;

  constructor(rate: number, burst: number, random: () => number) {
    const capacity = Math.max(1, burst - Math.max(1, rate * jitterSeconds));
    this.#bucket = new TokenBucket(rate * (1 - rateMargin), capacity);
    this.perSecond = rate;
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
