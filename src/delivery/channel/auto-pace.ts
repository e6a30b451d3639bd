import type { Pace, Ticket } from './pace';
import { TokenBucket } from './token-bucket';

const slowest = 0.1;

/** Growth per second while it is known that there is more to have, and after a guess of what there is. */
const growth = { searching: 2.25, guessing: 1.2 } as const;
type Phase = 'searching' | 'guessing' | 'probing';

/** What is left, after a refusal, of a pace that was not measured. */
const firstGuess = 0.7;
/** So many accepted requests make a measurement out of a guess. */
const enoughToMeasure = 8;
/** So many requests the last pace weighs in the next one: a guess, or one that was measured itself. */
const memory = { guessing: 3, probing: 8 };

/** A probe begins so far below the measured pace, where nobody else uses the account, or somebody does. */
const dip = { alone: 0.9, crowded: 0.75 };
/** At so much of its time or later, the refusal that ends a probe is one that nobody else is the reason of. */
const onTime = 0.7;
/** So many probes in a row that end on time: nobody else uses the account. */
const enoughOnTime = 4;
/** So many more than the measured pace allows, and by so much more, prove that there is more to have. */
const surplus = { requests: 4, ratio: 0.05 };
/** Less than that is what timers are late by. */
const slackSeconds = 0.1;

/**
 * Finds the account's pace by itself. At a refusal the service's bucket is empty, so the requests that were
 * accepted between two refusals, by the time between them, are exactly the pace that was to be had (our
 * share of it, where others use the account). Each probe goes on from a little below that and climbs
 * beyond it until the next refusal; what it held back at first is saved up in the service's bucket, so
 * nothing is lost.
 */
export class AutoPace implements Pace {
  readonly #bucket: TokenBucket;
  #sent = 0;
  #phase: Phase = 'searching';
  /** Where the phase began: requests per second, and for how long requests have waited for more since. */
  #base: number;
  #climbedMs = 0;
  #grownAt = 0;
  #waitingUntil = 0;
  /** The last refusal that can be measured from, and how many were refused since. */
  #empty: { readonly ticket: Ticket; refused: number } | undefined;
  /** Since then requests did not always wait for the pace, so there is nothing to measure. */
  #slack = false;
  #probesOnTime = 0;
  /** Requests up to this one were sent before the last decrease. */
  #decreasedAfter = 0;

  constructor(perSecond: number, burst: number) {
    this.#base = perSecond;
    this.#bucket = new TokenBucket(perSecond, Math.max(1, burst));
  }

  /** Probes go beyond it and stay below it in turn. */
  get perSecond(): number {
    return this.#phase === 'probing' ? this.#base : this.#bucket.perSecond;
  }

  wait(now: number): number {
    this.#grow(now);
    const wait = this.#bucket.wait(now);
    if (wait > 0) this.#waitingUntil = now + wait;
    return wait;
  }

  available(now: number): number {
    return this.#bucket.available(now);
  }

  take(now: number): Ticket {
    if (this.#bucket.available(now) > 1 + this.#bucket.perSecond * slackSeconds) this.#slack = true;
    this.#bucket.take(now);
    this.#sent += 1;
    return { number: this.#sent, at: now };
  }

  accepted(ticket: Ticket, now: number): void {
    this.#bucket.arrived(now);
    const { requests, seconds } = this.#sinceEmpty(ticket);
    const allowed = this.#base * seconds;
    const proven = requests > allowed + Math.max(surplus.requests, surplus.ratio * allowed);
    if (proven && this.#phase !== 'searching') this.#begin('searching', this.#bucket.perSecond, now);
  }

  refused(ticket: Ticket, now: number, retryAfterMs = 0): void {
    this.#bucket.empty(now, retryAfterMs);
    if (this.#empty && ticket.number > this.#empty.ticket.number) this.#empty.refused += 1;
    if (ticket.number <= this.#decreasedAfter) return;
    this.#decreasedAfter = this.#sent;

    const pace = this.#bucket.perSecond;
    if (!this.#empty || this.#slack || this.#phase === 'searching') {
      this.#begin('guessing', pace * firstGuess, now);
    } else {
      const { requests, seconds } = this.#sinceEmpty(ticket);
      const remembered = (weight: number, last: number) => (requests + weight) / (seconds + weight / last);
      if (this.#phase === 'probing') {
        this.#probesOnTime = this.#climbedMs < onTime * this.#probeMs ? 0 : this.#probesOnTime + 1;
        this.#begin('probing', remembered(memory.probing, this.#base), now);
      } else if (requests < enoughToMeasure) {
        this.#begin('guessing', remembered(memory.guessing, pace), now);
        return;
      } else this.#begin('probing', requests / seconds, now);
    }
    this.#empty = { ticket, refused: 0 };
    this.#slack = false;
  }

  /** What was accepted before this request, and in which time, since the service's bucket was empty. */
  #sinceEmpty({ number, at }: Ticket): { requests: number; seconds: number } {
    if (!this.#empty) return { requests: 0, seconds: 0 };
    const { ticket, refused } = this.#empty;
    return { requests: number - ticket.number - refused, seconds: (at - ticket.at) / 1000 };
  }

  get #alone(): boolean {
    return this.#probesOnTime >= enoughOnTime;
  }

  /**
   * When the refusal of a probe is due: then it has climbed over its measured pace by as much as it was below.
   * Alone, a probe has 40 requests or more, so that few are refused. Among others it is shorter for the client
   * that has less, which makes their shares equal.
   */
  get #probeMs(): number {
    return this.#alone ? Math.max(5000, 40_000 / this.#base) : 1600 * Math.sqrt(this.#base);
  }

  #begin(phase: Phase, base: number, now: number): void {
    this.#phase = phase;
    this.#base = Math.max(slowest, base);
    this.#climbedMs = 0;
    this.#grownAt = now;
    this.#waitingUntil = now;
    this.#setPace(now);
  }

  /** The pace grows only by the time in which requests waited for it. */
  #grow(now: number): void {
    const waitedMs = Math.min(now, this.#waitingUntil) - this.#grownAt;
    this.#grownAt = now;
    if (waitedMs <= 0) return;
    this.#climbedMs += waitedMs;
    this.#setPace(now);
  }

  #setPace(now: number): void {
    this.#bucket.setRate(this.#base * this.#growth(), now);
  }

  #growth(): number {
    if (this.#phase !== 'probing') return growth[this.#phase] ** (this.#climbedMs / 1000);
    const from = this.#alone ? dip.alone : dip.crowded;
    // The mean of it over a whole probe is 1.
    return from + 3 * (1 - from) * (this.#climbedMs / this.#probeMs) ** 2;
  }
}
