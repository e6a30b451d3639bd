import type { CasesError } from '../errors/errors';
import type { DeliverySettings } from './delivery';
import type { Cause, Failure } from './service/outcome';
import { type Backoff, backoffMs } from './time/backoff';

/** What becomes of a message whose request failed. */
export type NextStep =
  | { readonly do: 'reject'; readonly error: CasesError }
  /** It would have to wait on, but may not. */
  | { readonly do: 'abandon' }
  /** Both with the time until the request may go again, in milliseconds. */
  | { readonly do: 'look up'; readonly restMs: number }
  | { readonly do: 'send again'; readonly restMs: number };

export interface Situation {
  readonly ambiguous: DeliverySettings['ambiguous'];
  /** Past its deadline. */
  readonly late: boolean;
  readonly closing: boolean;
  /** Requests sent so far. */
  readonly attempts: number;
  /** Refusals in a row for which it had to rest. */
  readonly retries: number;
}

const sendBackoff: Backoff = { firstMs: 300, capMs: 20_000 };
/**
 * What usually passes by itself is tried again so often, within some two seconds: keys that are being renewed, a
 * clock that is being corrected, and a 409, which the service gives while it merges the case into another. How long
 * a merge takes, and what comes after it, is not documented, so Catch gets it after that, as `retryable`.
 */
const passingRetries = 3;
/** The pace and the connection hold back what was refused by them; everything else has to rest itself. */
export const heldBack: ReadonlySet<Cause> = new Set(['throttled', 'offline', 'certificate']);

/** The decision what may be sent again; `random` is from 0 to 1. */
export function nextStep(failure: Failure, situation: Situation, random: () => number): NextStep {
  const { fate, cause, error, retryAfterMs = 0 } = failure;
  const { ambiguous, late, closing, attempts, retries } = situation;
  if (fate === 'unknown') {
    if (ambiguous === 'fail') return { do: 'reject', error };
    if (late || (closing && ambiguous === 'resend')) return { do: 'abandon' };
    const restMs = Math.max(retryAfterMs, backoffMs(sendBackoff, attempts - 1, random));
    return { do: ambiguous === 'verify' ? 'look up' : 'send again', restMs };
  }
  if (fate === 'refused' || (cause === 'passing' && retries >= passingRetries)) {
    return { do: 'reject', error };
  }
  if (late || closing) return { do: 'abandon' };
  if (heldBack.has(cause)) return { do: 'send again', restMs: 0 };
  return { do: 'send again', restMs: Math.max(retryAfterMs, backoffMs(sendBackoff, retries, random)) };
}
