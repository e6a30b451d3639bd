import type { Failure } from '../service/outcome';
import { backoffMs } from '../time/backoff';

const probeBackoff = { firstMs: 500, capMs: 30_000 };

/** Whether the service can be reached. While it can't, one request at a time finds out. */
export class Connection {
  readonly #random: () => number;
  readonly #warn: (topic: string, text: string) => void;
  #failedProbes = 0;
  #failedInARow = 0;
  #probing = false;
  #probeAt: number | undefined;
  #lostAt: number | undefined;

  constructor(random: () => number, warn: (topic: string, text: string) => void) {
    this.#random = random;
    this.#warn = warn;
  }

  get offline(): boolean {
    return this.#probeAt !== undefined;
  }

  /** Since when it can't be reached, in milliseconds since 1970. */
  get lostAt(): number | undefined {
    return this.#lostAt;
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

  /** The service answered as it should. */
  reached(): void {
    this.#failedInARow = 0;
    this.#answered();
  }

  /** A request failed; no answer to a probe means that nothing has changed. */
  failed(failure: Failure, now: number, probe: boolean): void {
    const { cause, error } = failure;
    const unreachable = cause === 'offline' || cause === 'certificate';
    this.#tell(failure, unreachable, probe);
    if (error.details.httpStatus !== undefined && !unreachable) this.#answered();
    else if (probe || (unreachable && !this.offline)) this.#lost(now, probe);
  }

  /** What breaks for a moment is no news; a wrong certificate or a wrong answer does not mend itself. */
  #tell({ fate, cause, error }: Failure, unreachable: boolean, probe: boolean): void {
    const { httpStatus } = error.details;
    if (unreachable) {
      if (probe || cause === 'certificate' || httpStatus !== undefined) {
        this.#warn(error.message, `${error.message} Messages wait meanwhile.`);
      }
    } else if (fate === 'unknown' || cause === 'unavailable') {
      this.#failedInARow += 1;
      const wrong = httpStatus !== undefined && httpStatus < 300;
      if (wrong || this.#failedInARow > 1) this.#warn(error.message, error.message);
    }
  }

  #answered(): void {
    this.#lostAt = undefined;
    this.#probeAt = undefined;
    this.#probing = false;
    this.#failedProbes = 0;
  }

  #lost(now: number, probe: boolean): void {
    this.#lostAt ??= Date.now();
    this.#failedProbes += probe ? 1 : 0;
    this.#probing = false;
    this.#probeAt = now + backoffMs(probeBackoff, this.#failedProbes, this.#random);
  }
}
