import { defaultQuota } from '../limits';
import type { Pace, Ticket } from './pace';
import { TokenBucket } from './token-bucket';

const { perSecond: documented } = defaultQuota.CreateRelatedItem;
/** Every so often the pace grows, while requests wait for it. */
const stepMs = 500;
/** Growth of a step at the start, and when it is proven that there is more to have. */
const surgeGrowth = 1.5;
/** What is left of the pace after the first refusal of a surge; it has not been measured yet. */
const unmeasuredDecrease = 0.7;
/** How far below the measured pace to go on after a refusal, so that the service's bucket fills a little. */
const decrease = 0.8;
/** The first step up, in requests per second, and how steps grow: the same for all clients, so that shares become equal. */
const firstStep = 0.1;
const stepGrowth = 1.25;
/** A client that was never given much more than the documented quota asks for more only after so many requests. */
const restRequests = 12;
const longestRestMs = 12_000;
/** What was measured before counts less with every refusal. */
const forgetting = 0.9;
/** Fewer accepted requests between two refusals are too few to measure by. */
const enoughToMeasure = 8;
/** So many more than the measured pace allows prove that there is more to have. */
const provenSurplus = 4;
const slowest = 0.1;
/** Less than that is what timers are late by. */
const slackSeconds = 0.1;

/**
 * Finds the account's pace by itself. At a refusal the service's bucket is empty, so the requests that were
 * accepted between two refusals, by the time between them, are exactly the pace that was to be had (our
 * share of it, where others use the account). From a little below that it probes upwards until the next
 * refusal; what it held back meanwhile is saved up in the service's bucket, so nothing is lost.
 */
export class AutoPace implements Pace {
  readonly #bucket: TokenBucket;
  #sent = 0;
  #mode: 'surging' | 'probing' = 'surging';
  #step = firstStep;
  #steppedAt: number | undefined;
  #hungry = false;
  /** The last refusal that was measured by: the service's bucket was empty then. */
  #empty: { readonly ticket: Ticket; refused: number; accepted: number } | undefined;
  /** Since then requests did not always wait for the pace, so there is nothing to measure. */
  #slack = false;
  #measured = Number.POSITIVE_INFINITY;
  /** The most that was measured lately. */
  #best = 0;
  /** Requests up to this one were sent before the last decrease. */
  #decreasedAfter = 0;

  constructor(burst: number) {
    this.#bucket = new TokenBucket(documented, Math.max(1, burst));
  }

  /** Requests per second at present. */
  get perSecond(): number {
    return this.#bucket.perSecond;
  }

  wait(now: number): number {
    this.#grow(now);
    const wait = this.#bucket.wait(now);
    if (wait > 0) this.#hungry = true;
    return wait;
  }

  available(now: number): number {
    return this.#bucket.available(now);
  }

  take(now: number): Ticket {
    if (this.#bucket.available(now) > 1 + this.perSecond * slackSeconds) this.#slack = true;
    this.#bucket.take(now);
    this.#sent += 1;
    return { number: this.#sent, at: now };
  }

  accepted({ number, at }: Ticket, now: number): void {
    this.#bucket.arrived(now);
    const empty = this.#empty;
    if (!empty || number <= empty.ticket.number) return;
    empty.accepted += 1;
    const allowed = (this.#measured * (at - empty.ticket.at)) / 1000;
    if (empty.accepted > allowed + provenSurplus) this.#mode = 'surging';
  }

  refused(ticket: Ticket, now: number, retryAfterMs = 0): void {
    this.#bucket.empty(now, retryAfterMs);
    const empty = this.#empty;
    if (empty && ticket.number > empty.ticket.number) empty.refused += 1;
    if (ticket.number <= this.#decreasedAfter) return;
    this.#decreasedAfter = this.#sent;
    this.#setRate(this.#measure(ticket), now);
    this.#mode = 'probing';
    this.#step = firstStep;
    this.#steppedAt = now + this.#restMs();
    this.#hungry = false;
  }

  /** The pace to go on with after the refusal of `ticket`. */
  #measure(ticket: Ticket): number {
    const empty = this.#empty;
    if (!empty || this.#mode === 'surging' || this.#slack) {
      this.#empty = { ticket, refused: 0, accepted: 0 };
      this.#slack = false;
      this.#measured = Number.POSITIVE_INFINITY;
      return this.perSecond * unmeasuredDecrease;
    }
    const accepted = ticket.number - empty.ticket.number - empty.refused;
    const seconds = (ticket.at - empty.ticket.at) / 1000;
    if (accepted < enoughToMeasure) return this.perSecond * decrease;
    this.#empty = { ticket, refused: 0, accepted: 0 };
    this.#measured = accepted / seconds;
    this.#best = Math.max(this.#measured, this.#best * forgetting);
    return this.#measured * decrease;
  }

  #restMs(): number {
    if (this.#measured === Number.POSITIVE_INFINITY || this.#best > 1.1 * documented) return 0;
    return Math.min(longestRestMs, (restRequests / this.#measured) * 1000);
  }

  #grow(now: number): void {
    this.#steppedAt ??= now;
    if (now - this.#steppedAt < stepMs) return;
    this.#steppedAt = now;
    if (!this.#hungry) return;
    this.#hungry = false;
    if (this.#mode === 'surging') this.#setRate(this.perSecond * surgeGrowth, now);
    else {
      this.#setRate(this.perSecond + this.#step, now);
      this.#step *= stepGrowth;
    }
  }

  #setRate(perSecond: number, now: number): void {
    this.#bucket.setRate(Math.max(slowest, perSecond), now);
  }
}
