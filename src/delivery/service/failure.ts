import { type CasesError, type ErrorCode, explained } from '../../errors/errors';
import { inEnglish, type Reason } from '../../errors/reasons';
import type { beforeSending, fetchingKeys, keysRenewed } from './network-errors';
import { quoted } from './quoted';

/**
 * What is known about a request that failed. `refused`: certainly not carried out, and no use to repeat.
 * `not-sent`: certainly not carried out, and worth sending again. `unknown`: the item may exist.
 */
export type Fate = 'refused' | 'not-sent' | 'unknown';

/** Why a request was not carried out, as far as delivery acts on it. */
export type Cause = 'throttled' | 'offline' | 'certificate' | 'unavailable' | 'transient' | 'other';

export interface Failure {
  readonly fate: Fate;
  readonly cause: Cause;
  /** What a flow gets to see if nothing more is done. */
  readonly error: CasesError;
  readonly retryAfterMs?: number;
}

/** The members that errors of the SDK, of the service and of Node's sockets may have; what the service sends may be anything. */
export interface AnyError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly resourceId?: unknown;
  readonly resourceType?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: unknown };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  /** When the request was signed, in milliseconds since 1970. */
  readonly signedAt?: number;
  readonly [beforeSending]?: true;
  readonly [fetchingKeys]?: true;
  readonly [keysRenewed]?: true;
}

/** Characters of names and ids that an error repeats. */
const longestName = 100;
export const quotedName = (text: unknown): string | undefined => quoted(text, longestName);

/** The failure of a request, with what `from` says about the answer; `message` says more than the reason to flows. */
export function failure(
  fate: Fate,
  cause: Cause,
  code: ErrorCode,
  reason: Reason,
  from: AnyError,
  message = inEnglish(reason),
): Failure {
  const { httpStatusCode, requestId } = from.$metadata ?? {};
  const texts = {
    requestId: quotedName(requestId),
    resourceId: quotedName(from.resourceId),
    resourceType: quotedName(from.resourceType),
  };
  const details = {
    created: fate === 'unknown' ? 'unknown' : 'no',
    ...(fate === 'refused' && { retryable: false }),
    ...(httpStatusCode !== undefined && { httpStatus: httpStatusCode }),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
  } as const;
  const error = explained(code, reason, details, message);
  const retryAfterMs = retryAfter(from);
  return { fate, cause, error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** No answer stops a whole domain for longer, whatever it asks for. */
const longestRetryAfterSeconds = 300;

function retryAfter({ $response }: AnyError): number | undefined {
  const seconds = Number($response?.headers?.['retry-after'] ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds, longestRetryAfterSeconds) * 1000 : undefined;
}
