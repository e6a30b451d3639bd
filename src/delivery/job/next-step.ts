import type { DeliveryRules } from '../../definition/delivery-rules';
import type { CasesError } from '../../errors/errors';
import { writes } from '../../model/operations';
import type { DeliverySettings, DeliveryState } from '../delivery';
import type { Cause, Failure } from '../service/outcome';
import { type Backoff, backoffMs } from '../time/backoff';

/** The next step for a message whose request failed. */
type NextStep =
  | { readonly do: 'reject'; readonly error: CasesError }
  /** It would have to wait on, but may not. */
  | { readonly do: 'abandon' }
  /** Both with the time until the request may go again, in milliseconds. */
  | { readonly do: 'verify'; readonly delayMs: number }
  /** `last`: after the messages that wait. */
  | { readonly do: 'send again'; readonly delayMs: number; readonly last?: true };

export interface Situation {
  /** What to do where it is not known whether the request was carried out. */
  readonly ambiguous: DeliverySettings['ambiguous'];
  /** Past its deadline. */
  readonly late: boolean;
  readonly closing: boolean;
  /** Closing, and the next delivery goes on with it. */
  readonly leaving: boolean;
  /** Requests sent so far. */
  readonly attempts: number;
  /** Refusals in a row after which it was held back. */
  readonly retries: number;
}

const sendBackoff: Backoff = { firstMs: 300, capMs: 20_000 };
/**
 * What usually passes by itself is tried again so often, within some two seconds: keys that are being renewed, a
 * clock that is being corrected, and a 409, which the service gives while it merges the case into another. How long
 * a merge takes, and what comes after it, is not documented, so Catch gets it after that, as `retryable`.
 */
const transientRetries = 3;
/** The pace and the connection hold back what was refused by them; everything else is delayed for itself. */
export const heldBack: ReadonlySet<Cause> = new Set(['throttled', 'offline', 'certificate']);

/** The setting for a lost answer as far as it matters to an operation: what does nothing twice needs no verifying. */
export function ambiguousFor(
  { operation, whenAnswerIsLost }: DeliveryRules,
  { ambiguous }: DeliverySettings,
): Situation['ambiguous'] {
  if (whenAnswerIsLost.do === 'verify') return ambiguous;
  return ambiguous === 'fail' && writes[operation] ? 'fail' : 'resend';
}

/** The decision what may be sent again; `random` is from 0 to 1. */
export function nextStep(failure: Failure, situation: Situation, random: () => number): NextStep {
  const { fate, cause, error, retryAfterMs = 0 } = failure;
  const { ambiguous, late, closing, leaving, attempts, retries } = situation;
  if (fate === 'unknown') {
    if (ambiguous === 'fail') return { do: 'reject', error };
    if (late || leaving || (closing && ambiguous === 'resend')) return { do: 'abandon' };
    const delayMs = Math.max(retryAfterMs, backoffMs(sendBackoff, attempts - 1, random));
    return { do: ambiguous === 'verify' ? 'verify' : 'send again', delayMs };
  }
  if (fate === 'refused' || (cause === 'transient' && retries >= transientRetries)) {
    return { do: 'reject', error };
  }
  if (late || closing) return { do: 'abandon' };
  const delayMs = Math.max(retryAfterMs, backoffMs(sendBackoff, retries, random));
  // A gateway in between may refuse what this message says and nothing else.
  const maySingleOut = cause === 'offline' && error.details.httpStatus !== undefined;
  if (maySingleOut) return { do: 'send again', delayMs, last: true };
  return { do: 'send again', delayMs: heldBack.has(cause) ? 0 : delayMs };
}

/** What a message does after a failure that is not its own. */
export const stateAfter: Readonly<Record<Cause, DeliveryState>> = {
  throttled: 'throttled',
  offline: 'offline',
  certificate: 'offline',
  unavailable: 'waiting',
  transient: 'waiting',
  other: 'waiting',
};
