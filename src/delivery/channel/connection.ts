import type { CasesError } from '../../errors/errors';
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
  #lostAt: number | undefined;
  #lostBy: CasesError | undefined;

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

  /** Why it can't. */
  get lostBy(): CasesError | undefined {
    return this.#lostBy;
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
    this.#lostAt = undefined;
    this.#lostBy = undefined;
    this.#probeAt = undefined;
    this.#probing = false;
    this.#failedProbes = 0;
  }

  /** A request failed; no answer to a probe means that nothing has changed. */
  failed(failure: Failure, now: number, probe: boolean): void {
    const { cause, error } = failure;
    const { httpStatus } = error.details;
    const unreachable = cause === 'offline' || cause === 'certificate';
    // What breaks for a moment is no news; a wrong certificate does not mend itself.
    if (unreachable && (probe || cause === 'certificate' || httpStatus !== undefined)) {
      this.#warn(error.message, `${error.message} Messages wait meanwhile.`);
    }
    if (httpStatus !== undefined && !unreachable) this.reached();
    else if (probe || (unreachable && !this.offline)) this.#lost(error, now, probe);
  }

  #lost(error: CasesError, now: number, probe: boolean): void {
    this.#lostAt ??= Date.now();
    this.#lostBy = error;
    this.#failedProbes += probe ? 1 : 0;
    this.#probing = false;
    this.#probeAt = now + backoffMs(probeBackoff, this.#failedProbes, this.#random);
  }
}
