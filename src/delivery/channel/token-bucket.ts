/**
 * Fills by `perSecond` up to `capacity`; full at first. The service's own bucket can't fill while it is full,
 * so after a pause this one begins to fill when the first request has arrived there, not when it was sent.
 */
export class TokenBucket {
  readonly #capacity: number;
  #perSecond: number;
  #tokens: number;
  #filledAt = 0;
  #held = false;

  constructor(perSecond: number, capacity: number) {
    this.#perSecond = perSecond;
    this.#capacity = capacity;
    this.#tokens = capacity;
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  setRate(perSecond: number, now: number): void {
    this.#fill(now);
    this.#perSecond = perSecond;
  }

  wait(now: number): number {
    this.#fill(now);
    const pause = Math.max(0, this.#filledAt - now);
    // A thousandth of a token is a rounding error of the clock.
    return pause + (this.#tokens >= 0.999 ? 0 : ((1 - this.#tokens) / this.#perSecond) * 1000);
  }

  available(now: number): number {
    return this.wait(now) > 0 ? 0 : Math.floor(this.#tokens + 0.001);
  }

  take(now: number): void {
    this.#fill(now);
    if (this.#capacity >= 2 && this.#tokens > this.#capacity - 0.001) this.#held = true;
    this.#tokens -= 1;
  }

  /** A request has been answered. */
  arrived(now: number): void {
    if (!this.#held) return;
    this.#held = false;
    this.#filledAt = Math.max(this.#filledAt, now);
  }

  /** No tokens left, and none is added for `pauseMs`. */
  empty(now: number, pauseMs: number): void {
    this.arrived(now);
    this.#fill(now);
    this.#tokens = Math.min(this.#tokens, 0);
    this.#filledAt = Math.max(this.#filledAt, now + pauseMs);
  }

  #fill(now: number): void {
    if (this.#held || now <= this.#filledAt) return;
    const added = ((now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + added);
    this.#filledAt = now;
  }
}
