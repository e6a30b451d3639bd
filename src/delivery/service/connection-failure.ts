import { type AnyError, type Failure, failure, quotedName } from './failure';
import { fetchingKeys, NotConnected, NotTheService } from './network-errors';

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
      const text = `The server's certificate was not accepted (${quotedName(code)}). Check the endpoint, the proxy and the machine's clock.`;
      return failure('not-sent', 'certificate', 'NETWORK', text, error);
    }
    if (
      link instanceof NotConnected ||
      connectCodes.has(code) ||
      connectCalls.has(syscall) ||
      String(message).startsWith('Client network socket disconnected before secure TLS connection') ||
      (name === 'TimeoutError' && code === undefined)
    ) {
      const reason = quotedName(code) ?? 'time-out of the connection';
      const hint = noTlsCodes.has(code) ? ': what listens there does not speak TLS' : '';
      const who = error[fetchingKeys] ? 'The service that gives the keys' : 'The service';
      const text = `${who} can't be reached (${reason}${hint}).`;
      return failure('not-sent', 'offline', 'NETWORK', text, error);
    }
  }
  return undefined;
}

/** Something else answered: a gateway, a captive portal, another server. It is as if there was no network. */
export function notTheService(status: number, sent: boolean, from: AnyError): Failure {
  const passedOn = sent && status >= 500 && !refusedByGateway.has(status);
  const text = `Something in between answers for the service (HTTP ${status}). Check the endpoint, the proxy and whether the network asks for a sign-in.`;
  const answer = { ...from, $metadata: { httpStatusCode: status } };
  return failure(passedOn ? 'unknown' : 'not-sent', 'offline', 'NETWORK', text, answer);
}

/** The connection broke, or nothing came, once the request was on its way. */
export function lostAnswer(error: AnyError): Failure {
  const { name, code } = error;
  const broken = code === 'ECONNRESET' || code === 'EPIPE';
  if (!broken && (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT')) {
    return failure('unknown', 'other', 'TIMEOUT', 'No answer came in time.', error);
  }
  const text = `The connection broke before the answer (${quotedName(code) ?? quotedName(name) ?? 'Error'}).`;
  return failure('unknown', 'other', 'NETWORK', text, error);
}

/** An error with those behind it: a provider hides them in `cause`, Node.js one for each address in `errors`. */
function* chainOf(error: unknown, depth = 0): Generator<AnyError> {
  if (depth > 5 || typeof error !== 'object' || error === null) return;
  const link = error as AnyError;
  yield link;
  yield* chainOf(link.cause, depth + 1);
  if (Array.isArray(link.errors)) for (const inner of link.errors) yield* chainOf(inner, depth + 1);
}
