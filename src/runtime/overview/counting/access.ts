import type { CasesError, ErrorCode } from '../../../errors/errors';

/** Errors that no message gets over before somebody has changed keys or permissions. */
const refusals: ReadonlySet<ErrorCode> = new Set(['CREDENTIALS', 'ACCESS_DENIED']);
/** Errors that tell that keys and permissions are right: the service has judged the message itself. */
const judged: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'VALIDATION', 'CONFLICT', 'QUOTA_EXCEEDED']);

/** Why the last message was refused, and since when messages are. */
interface Refusal {
  readonly error: CasesError;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Whether the service lets a domain in, as far as its messages tell when they end. */
export class Access {
  #refusal: Refusal | undefined;

  /** Why it does not; undefined: it does, or nothing is known. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** A message has ended: with an error, or well. */
  ended(error: CasesError | undefined): void {
    if (!error || judged.has(error.code)) this.#refusal = undefined;
    else if (refusals.has(error.code)) this.#refusal = { error, since: this.#refusal?.since ?? Date.now() };
  }
}
