import type { Clock } from './clock';

/** A timer of Node.js that is set for more than 24.8 days rings at once, so a late alarm rings once a day till then. */
const longestMs = 86_400_000;

/** The one timer of a delivery. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: { readonly at: number; readonly handle: unknown } | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings at `at`, or earlier where that is far off, and is to be set again then; infinity: not at all. */
  set(at: number, now: number): void {
    if (this.#timer?.at === at) return;
    this.#clear();
    if (at === Number.POSITIVE_INFINITY) return;
    const handle = this.#clock.setTimeout(
      () => {
        this.#timer = undefined;
        this.#ring();
      },
      Math.min(longestMs, Math.max(1, Math.ceil(at - now))),
    );
    this.#timer = { at, handle };
  }

  #clear(): void {
    if (this.#timer) this.#clock.clearTimeout(this.#timer.handle);
    this.#timer = undefined;
  }
}
