import { backoffMs } from './backoff';

const probeBackoff = { firstMs: 500, capMs: 30_000 };

/** Whether the service can be reached. While it can't, one request at a time finds out. */
export class Connection {
  readonly #random: () => number;
  #failedProbes = 0;
  #probing = false;
  #probeAt: number | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  get offline(): boolean {
    return this.#probeAt !== undefined;
  }

  /** How long until a request may go; 0: now, infinity: when the probe has ended. */
  wait(now: number): number {
    if (this.#probeAt === undefined) return 0;
    return this.#probing ? Number.POSITIVE_INFINITY : Math.max(0, this.#probeAt - now);
  }

  /** A request goes; true where it is the probe. */
  start(): boolean {
    if (!this.offline) return false;
    this.#probing = true;
    return true;
  }

  /** The service answered. */
  reached(): void {
    this.#probeAt = undefined;
    this.#probing = false;
    this.#failedProbes = 0;
  }

  /** A request could not be sent, or got no answer while nothing else got one. */
  lost(now: number, probe: boolean): void {
    if (this.offline && !probe) return;
    this.#failedProbes += probe ? 1 : 0;
    this.#probing = false;
    this.#probeAt = now + backoffMs(probeBackoff, this.#failedProbes, this.#random);
  }
}
