import { because, type Reason } from '../../errors/reasons';
import { type AnyError, type Failure, failure, quotedName } from './failure';
import {
  fetchingKeys,
  NotConnected,
  NotTheService,
  proxyAnswered,
  timeOut,
  tlsExpected,
} from './network-errors';

/** Failures of system calls that come before anything is written. */
const connectCalls = new Set<unknown>(['connect', 'getaddrinfo']);
const connectCodes = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const certificateCodes = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
/** OpenSSL does not understand what comes. */
const noTlsCodes = new Set<unknown>([
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
]);
/** Status codes that say that a gateway took no request on. Others above 499 may follow a request that it passed on. */
const refusedByGateway = new Set([503, 511]);

/** No connection, so nothing was sent: also where it is the credentials' own service that can't be reached. */
export function connectionFailure(error: AnyError, sent: boolean): Failure | undefined {
  for (const link of chainOf(error)) {
    const { code, syscall, message = '', name } = link;
    if (link instanceof NotTheService) return notTheService(link.status, sent, error);
    if (certificateCodes.test(String(code))) {
      const reason = because('certificate', { code: quotedName(code) ?? '' });
      return failure('not-sent', 'certificate', 'NETWORK', reason, error);
    }
    if (
      link instanceof NotConnected ||
      connectCodes.has(code) ||
      connectCalls.has(syscall) ||
      String(message).startsWith('Client network socket disconnected before secure TLS connection') ||
      (name === 'TimeoutError' && code === undefined)
    ) {
      const reason = quotedName(code) ?? timeOut;
      const hint = noTlsCodes.has(code) ? ': what listens there does not speak TLS' : '';
      const who = error[fetchingKeys] ? 'The service that gives the keys' : 'The service';
      const text = `${who} can't be reached (${reason}${hint}).`;
      return failure('not-sent', 'offline', 'NETWORK', unreachable(error, reason), error, text);
    }
  }
  return undefined;
}

/** What the system calls the reason is a name; what we say in words, the editor says in its own. */
function unreachable(error: AnyError, reason: string): Reason {
  const code = reason === timeOut ? 'ETIMEDOUT' : /^[A-Z][A-Z0-9_ ]*$/.test(reason) ? reason : 'NotConnected';
  if (error[fetchingKeys]) return because('keysUnreachable', { code });
  if (noTlsCodes.has(reason)) return because('noTls', { code });
  if (reason === tlsExpected) return because('speaksTls');
  const [status] = /\d+$/.exec(reason) ?? [];
  return status !== undefined && reason.startsWith(proxyAnswered)
    ? because('proxyRefused', { status })
    : because('unreachable', { code });
}

/** Something else answered: a gateway, a captive portal, another server. It is as if there was no network. */
export function notTheService(status: number, sent: boolean, from: AnyError): Failure {
  const passedOn = sent && status >= 500 && !refusedByGateway.has(status);
  const answer = { ...from, $metadata: { httpStatusCode: status } };
  return failure(
    passedOn ? 'unknown' : 'not-sent',
    'offline',
    'NETWORK',
    because('inBetween', { status }),
    answer,
  );
}

/** The connection broke, or nothing came, once the request was on its way. */
export function lostAnswer(error: AnyError): Failure {
  const { name, code } = error;
  const broken = code === 'ECONNRESET' || code === 'EPIPE';
  if (!broken && (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT')) {
    return failure('unknown', 'other', 'TIMEOUT', because('noAnswer'), error);
  }
  const reason = because('broken', { name: quotedName(code) ?? quotedName(name) ?? 'Error' });
  return failure('unknown', 'other', 'NETWORK', reason, error);
}

/** An error with those behind it: a provider hides them in `cause`, Node.js one for each address in `errors`. */
function* chainOf(error: unknown, depth = 0): Generator<AnyError> {
  if (depth > 5 || typeof error !== 'object' || error === null) return;
  const link = error as AnyError;
  yield link;
  yield* chainOf(link.cause, depth + 1);
  if (Array.isArray(link.errors)) for (const inner of link.errors) yield* chainOf(inner, depth + 1);
}
