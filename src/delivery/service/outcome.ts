import { CasesError, type ErrorCode } from '../../errors/errors';
import type { RelatedItemRequest } from '../delivery';
import { beforeSending } from './service';

/**
 * What is known about a request that failed. `refused`: certainly not carried out, and no use to repeat.
 * `not-sent`: certainly not carried out, and worth sending again. `unknown`: the item may exist.
 */
export type Fate = 'refused' | 'not-sent' | 'unknown';

/** Why a request was not carried out, as far as delivery acts on it. */
export type Cause = 'throttled' | 'offline' | 'certificate' | 'unavailable' | 'passing' | 'other';

export interface Failure {
  readonly fate: Fate;
  readonly cause: Cause;
  /** What a flow gets to see if nothing more is done. */
  readonly error: CasesError;
  readonly retryAfterMs?: number;
}

/** The members that errors of the SDK, of the service and of Node's sockets may have. */
interface AnyError {
  readonly name?: string;
  readonly message?: string | undefined;
  readonly code?: string;
  readonly syscall?: string;
  readonly cause?: unknown;
  readonly resourceId?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  readonly [beforeSending]?: true;
}

const throttlingNames =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|LimitExceeded|BandwidthLimit|PriorRequestNotComplete)/;
const expiredTokenNames = /^(ExpiredToken|TokenRefreshRequired|RequestExpired)/;
const clockNames = /^(RequestTimeTooSkewed|RequestInTheFuture|InvalidSignatureTime)/;
const credentialNames =
  /^(InvalidSignature|SignatureDoesNotMatch|UnrecognizedClient|InvalidClientTokenId|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId|NotAuthorized|AuthFailure|OptInRequired)/;

/** Failures of system calls that come before anything is written. */
const connectCalls = new Set(['connect', 'getaddrinfo']);
const connectCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const certificateCodes =
  /^(CERT_|ERR_TLS_CERT|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

export const isExpiredToken = (error: unknown): boolean =>
  expiredTokenNames.test((error as AnyError | undefined)?.name ?? '');

/**
 * What an error of the request `action` (an IAM action) means. What is not known counts as `unknown`.
 * The texts in `sensitive` are blotted out where the service repeats them.
 */
export function classify(thrown: unknown, action: string, sensitive: readonly string[] = []): Failure {
  const error = (thrown ?? {}) as AnyError;
  const hide: Hide = (text) => sensitive.reduce((hidden, secret) => hidden?.replaceAll(secret, '…'), text);
  return (
    connectionFailure(error) ??
    unsentFailure(error) ??
    answeredFailure(error, action, hide) ??
    lostAnswer(error)
  );
}

type Hide = (text: string | undefined) => string | undefined;

/** Values that must not appear in an error even if the service repeats them. */
export const sensitiveIn = ({ content, performedBy }: RelatedItemRequest): readonly string[] =>
  [performedBy?.customEntity, content?.sla?.slaInputConfiguration?.name].filter((text) => text !== undefined);

/** No connection, so nothing was sent: also where it is the credentials' own service that can't be reached. */
function connectionFailure(error: AnyError): Failure | undefined {
  for (let link: AnyError | undefined = error, depth = 0; link && depth < 5; depth += 1) {
    const { code = '', syscall = '', message = '' } = link;
    if (certificateCodes.test(code)) {
      const text = `The server's certificate was not accepted (${code}). Check the endpoint, the proxy and the machine's clock.`;
      return failure('not-sent', 'certificate', 'NETWORK', text, error);
    }
    if (
      connectCodes.has(code) ||
      connectCalls.has(syscall) ||
      message.startsWith('Client network socket disconnected before secure TLS connection') ||
      (link.name === 'TimeoutError' && code === '')
    ) {
      const text = `The service can't be reached (${code || 'time-out of the connection'}).`;
      return failure('not-sent', 'offline', 'NETWORK', text, error);
    }
    link = link.cause as AnyError | undefined;
  }
  return undefined;
}

function unsentFailure(error: AnyError): Failure | undefined {
  if (error instanceof CasesError) return { fate: 'refused', cause: 'other', error };
  if (error[beforeSending] !== true) return undefined;
  const text = `There are no usable credentials: ${withoutCommand(error.message ?? '')}`;
  return failure('refused', 'other', 'CREDENTIALS', text, error);
}

/** The SDK repeats the command of a profile and what it printed; both may hold secrets. */
const withoutCommand = (message: string): string =>
  message.startsWith('Command failed')
    ? 'the command that the profile names (credential_process) failed. Run it by hand to see why.'
    : message;

function answeredFailure(thrown: AnyError, action: string, hide: Hide): Failure | undefined {
  const status = thrown.$metadata?.httpStatusCode;
  if (status === undefined) return undefined;
  const { name = '' } = thrown;
  const message = hide(thrown.message) ?? '';
  const error = Object.assign(Object.create(thrown) as AnyError, {
    resourceId: hide(thrown.resourceId),
    resourceType: hide(thrown.resourceType),
  });
  if (status === 429 || throttlingNames.test(name)) {
    return failure('not-sent', 'throttled', 'THROTTLED', 'The quota of the account is used up.', error);
  }
  if (expiredTokenNames.test(name)) {
    const text = 'The session token has expired. Enter new keys in the credentials node.';
    return failure('not-sent', 'passing', 'CREDENTIALS', text, error);
  }
  if (clockNames.test(name)) {
    return failure('not-sent', 'passing', 'CREDENTIALS', "This machine's clock is wrong. Set it.", error);
  }
  if (credentialNames.test(name)) {
    const text = `The service does not accept the credentials (${name}). Check the keys and the Region.`;
    return failure('refused', 'other', 'CREDENTIALS', text, error);
  }
  switch (status) {
    case 402:
      return failure('refused', 'other', 'QUOTA_EXCEEDED', `The case is full: ${message}`, error);
    case 403: {
      const text = `The credentials lack the permission ${action}, or one that it needs (${name}).`;
      return failure('refused', 'other', 'ACCESS_DENIED', text, error);
    }
    case 404:
      return failure('refused', 'other', 'NOT_FOUND', notFoundText(error), error);
    case 407:
      return failure('not-sent', 'offline', 'NETWORK', 'The proxy asks for authentication.', error);
    case 409:
      return failure('not-sent', 'passing', 'CONFLICT', `The case is being changed: ${message}`, error);
    case 503:
      return failure('not-sent', 'unavailable', 'SERVICE', 'The service is not available.', error);
  }
  if (status >= 400 && status < 500 && status !== 408) {
    const known = name === 'ValidationException';
    return known
      ? failure('refused', 'other', 'VALIDATION', `The service refused the request: ${message}`, error)
      : failure('refused', 'other', 'SERVICE', `The service refused the request (${name} ${status}).`, error);
  }
  return failure('unknown', 'other', 'SERVICE', `The service failed (${name} ${status}).`, error);
}

function lostAnswer(error: AnyError): Failure {
  const { name = 'Error', code = '' } = error;
  const broken = code === 'ECONNRESET' || code === 'EPIPE';
  return !broken && (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT')
    ? failure('unknown', 'other', 'TIMEOUT', 'No answer came in time.', error)
    : failure(
        'unknown',
        'other',
        'NETWORK',
        `The connection broke before the answer (${code || name}).`,
        error,
      );
}

const notFoundText = ({ resourceType, resourceId }: AnyError): string =>
  resourceId
    ? `${resourceType ?? 'Resource'} ${resourceId} does not exist in this domain and Region.`
    : 'The domain, the case or what the item refers to does not exist in this domain and Region.';

function failure(fate: Fate, cause: Cause, code: ErrorCode, message: string, from: AnyError): Failure {
  const { resourceId, resourceType, $metadata } = from;
  const error = new CasesError(code, message, {
    created: fate === 'unknown' ? 'unknown' : 'no',
    ...($metadata?.httpStatusCode !== undefined && { httpStatus: $metadata.httpStatusCode }),
    ...($metadata?.requestId !== undefined && { requestId: $metadata.requestId }),
    ...(resourceId !== undefined && { resourceId }),
    ...(resourceType !== undefined && { resourceType }),
  });
  const retryAfterMs = retryAfter(from);
  return { fate, cause, error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** No answer stops a whole domain for longer, whatever it asks for. */
const longestRetryAfterSeconds = 300;

function retryAfter({ $response }: AnyError): number | undefined {
  const seconds = Number($response?.headers?.['retry-after'] ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds, longestRetryAfterSeconds) * 1000 : undefined;
}
