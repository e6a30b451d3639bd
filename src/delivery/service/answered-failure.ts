import { because, type Reason } from '../../errors/reasons';
import { clockText, isSkewed } from './clock-skew';
import { notTheService } from './connection-failure';
import { type AnyError, type Failure, failure, quotedName } from './failure';
import { keysRenewed, NoList, UnreadableAnswer } from './network-errors';
import { quoted } from './quoted';

/** Names of errors that ask for a pause. */
export const throttlingNames =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|LimitExceeded|BandwidthLimit|PriorRequestNotComplete)/;
/** Names of errors that say that the keys are not valid any more. */
export const expiredTokenNames = /^(ExpiredToken|TokenRefreshRequired|RequestExpired)/;
const clockNames = /^(RequestTimeTooSkewed|RequestInTheFuture|InvalidSignatureTime)/;
/** Names of errors that say that the keys, or what was signed with them, are not right. */
export const credentialNames =
  /^(InvalidSignature|SignatureDoesNotMatch|UnrecognizedClient|InvalidClientTokenId|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId|NotAuthorized|AuthFailure|OptInRequired)/;
/** What the SDK raises where an answer can't be read: it is no JSON, or none of the documented form. */
const unreadableNames = /^(Syntax|Type|Range)Error$/;

/** What an answer with an error means; undefined where there was no answer. `hide` redacts what is sensitive. */
export function answeredFailure(
  thrown: AnyError,
  action: string,
  hide: (text: string) => string,
): Failure | undefined {
  const status = thrown.$metadata?.httpStatusCode;
  if (status === undefined) return undefined;
  const name = quotedName(thrown.name) ?? '';
  const hidden = (text: unknown) => {
    const found = quoted(text);
    return found && hide(found);
  };
  const error: AnyError = {
    $metadata: thrown.$metadata ?? {},
    ...(thrown.$response && { $response: thrown.$response }),
    resourceId: hidden(thrown.resourceId),
    resourceType: hidden(thrown.resourceType),
  };
  const message = hidden(thrown.message) ?? '';
  if (thrown instanceof UnreadableAnswer) {
    return unreadable(
      message,
      error,
      thrown instanceof NoList ? because('noList', { list: thrown.list }) : undefined,
    );
  }
  if (status >= 300 && status < 400) return notTheService(status, true, error);
  if (unreadableNames.test(name)) {
    return status < 300 ? unreadable("can't be read", error) : notTheService(status, true, error);
  }
  if (status === 429 || throttlingNames.test(name)) {
    return failure('not-sent', 'throttled', 'THROTTLED', because('throttled'), error);
  }
  const clock = clockFailure(thrown);
  if (clock) return clock;
  if (expiredTokenNames.test(name)) {
    return failure('not-sent', 'transient', 'CREDENTIALS', because('tokenExpired'), error);
  }
  if (credentialNames.test(name)) {
    const reason = because('keysRefused', { name });
    if (thrown[keysRenewed]) return failure('not-sent', 'transient', 'CREDENTIALS', reason, error);
    return failure('refused', 'other', 'CREDENTIALS', reason, error);
  }
  const refused = because('refused', { text: message });
  const failed = because('failed', { name, status });
  switch (status) {
    case 402:
      return failure('refused', 'other', 'QUOTA_EXCEEDED', refused, error, `The case is full: ${message}`);
    case 403:
      return failure('refused', 'other', 'ACCESS_DENIED', because('denied', { action, name }), error);
    case 404:
      return failure('refused', 'other', 'NOT_FOUND', notFound(error), error);
    case 407:
      return failure('not-sent', 'offline', 'NETWORK', because('proxyLogin'), error);
    case 409: {
      const text = `The case is being changed: ${message}`;
      return failure('not-sent', 'transient', 'CONFLICT', refused, error, text);
    }
    case 503:
      return failure('not-sent', 'unavailable', 'SERVICE', because('unavailable'), error);
  }
  if (status >= 400 && status < 500 && status !== 408) {
    if (name === 'ValidationException') return failure('refused', 'other', 'VALIDATION', refused, error);
    const text = `The service refused the request (${name} ${status}).`;
    return failure('refused', 'other', 'SERVICE', failed, error, text);
  }
  return failure('unknown', 'other', 'SERVICE', failed, error);
}

/**
 * A refusal because of the time at which the request was signed, which AWS tells by several names, also as wrong keys.
 * The SDK has corrected its offset by the time this is told, so that the next request can succeed.
 */
export function clockFailure(error: AnyError): Failure | undefined {
  const name = String(error.name);
  const aboutSignature =
    error.$metadata?.httpStatusCode === 403 || credentialNames.test(name) || expiredTokenNames.test(name);
  if (!clockNames.test(name) && !(aboutSignature && isSkewed(error))) return undefined;
  const { $metadata, $response } = error;
  const from = { ...($metadata && { $metadata }), ...($response && { $response }) };
  return failure('not-sent', 'transient', 'CREDENTIALS', because('clock'), from, clockText(error));
}

const unreadable = (what: string, from: AnyError, reason = because('unreadable')): Failure => {
  const text = `The answer is not the documented one: it ${what}. Check the endpoint.`;
  return failure('unknown', 'other', 'SERVICE', reason, from, text);
};

function notFound({ resourceType, resourceId }: AnyError): Reason {
  const id = quotedName(resourceId);
  return id
    ? because('notFound', { type: quotedName(resourceType) || 'Resource', id })
    : because('notFoundAnything');
}
