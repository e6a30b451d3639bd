import { clockText, isSkewed } from './clock-skew';
import { notTheService } from './connection-failure';
import { type AnyError, type Failure, failure, quotedName } from './failure';
import { keysRenewed, UnreadableAnswer } from './network-errors';
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

/** What an answer with an error means; undefined where there was no answer. `hide` blots out what is sensitive. */
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
  if (thrown instanceof UnreadableAnswer) return unreadable(message, error);
  if (status >= 300 && status < 400) return notTheService(status, true, error);
  if (unreadableNames.test(name)) {
    return status < 300 ? unreadable("can't be read", error) : notTheService(status, true, error);
  }
  if (status === 429 || throttlingNames.test(name)) {
    return failure('not-sent', 'throttled', 'THROTTLED', 'The quota of the account is used up.', error);
  }
  const clock = clockFailure(thrown);
  if (clock) return clock;
  if (expiredTokenNames.test(name)) {
    const text = 'The session token has expired. Enter new keys in the credentials node.';
    return failure('not-sent', 'transient', 'CREDENTIALS', text, error);
  }
  if (credentialNames.test(name)) {
    const text = `The service does not accept the credentials (${name}). Check the keys and the Region.`;
    if (thrown[keysRenewed]) return failure('not-sent', 'transient', 'CREDENTIALS', text, error);
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
      return failure('not-sent', 'transient', 'CONFLICT', `The case is being changed: ${message}`, error);
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
  return failure('not-sent', 'transient', 'CREDENTIALS', clockText(error), from);
}

const unreadable = (what: string, from: AnyError): Failure =>
  failure(
    'unknown',
    'other',
    'SERVICE',
    `The answer is not the documented one: it ${what}. Check the endpoint.`,
    from,
  );

const notFoundText = ({ resourceType, resourceId }: AnyError): string =>
  resourceId
    ? `${quotedName(resourceType) || 'Resource'} ${quotedName(resourceId)} does not exist in this domain and Region.`
    : 'The domain, the case or what the item refers to does not exist in this domain and Region.';
