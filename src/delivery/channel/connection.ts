import type { Failure } from '../service/outcome';
import { backoffMs } from '../time/backoff';

const probeBackoff = { firstMs: 500, capMs: 30_000 };

/** Whether the service can be reached. While it can't, one request at a time finds out. */
export class Connection {
  readonly #random: () => number;
  readonly #warn: (topic: string, text: string) => void;
  #failedProbes = 0;
  #probing = false;
  #probeAt: number | undefined;

  constructor(random: () => number, warn: (topic: string, text: string) => void) {
    this.#random = random;
    this.#warn = warn;
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

  /** A request failed; no answer to a probe means that nothing has changed. */
  failed({ cause, error }: Failure, now: number, probe: boolean): void {
    const unreachable = cause === 'offline' || cause === 'certificate';
    // A line that breaks for a moment is no news; a certificate does not mend itself.
    if (cause === 'certificate' || (unreachable && probe)) {
      this.#warn(error.message, `${error.message} Messages wait meanwhile.`);
    }
    if (error.details.httpStatus !== undefined && !unreachable) this.reached();
    else if (probe || (unreachable && !this.offline)) this.#lost(now, probe);
  }

  #lost(now: number, probe: boolean): void {
    this.#failedProbes += probe ? 1 : 0;
    this.#probing = false;
    this.#probeAt = now + backoffMs(probeBackoff, this.#failedProbes, this.#random);
  }
}
