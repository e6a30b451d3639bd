import type { Clock } from './clock';

/** The one timer of a delivery. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: { readonly at: number; readonly handle: unknown } | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings at `at` and at no other time; infinity: not at all. */
  set(at: number, now: number): void {
    if (this.#timer?.at === at) return;
    this.#clear();
    if (at === Number.POSITIVE_INFINITY) return;
    const handle = this.#clock.setTimeout(
      () => {
        this.#timer = undefined;
        this.#ring();
      },
      Math.max(1, Math.ceil(at - now)),
    );
    this.#timer = { at, handle };
  }

  #clear(): void {
    if (this.#timer) this.#clock.clearTimeout(this.#timer.handle);
    this.#timer = undefined;
  }
}
