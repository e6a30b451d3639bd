import { CasesError } from '../../errors/errors';
import { because, type Reason } from '../../errors/reasons';
import {
  answeredFailure,
  clockFailure,
  credentialNames,
  expiredTokenNames,
  throttlingNames,
} from './answered-failure';
import { isSkewed } from './clock-skew';
import { connectionFailure, lostAnswer } from './connection-failure';
import { type AnyError, type Failure, failure, quotedName } from './failure';
import { beforeSending, fetchingKeys } from './network-errors';
import { quoted } from './quoted';

export type { Cause, Failure } from './failure';

/** Whether other keys may be accepted where these were not. */
export function refusesKeys(error: AnyError): boolean {
  const name = String(error.name);
  return !isSkewed(error) && (expiredTokenNames.test(name) || credentialNames.test(name));
}

/**
 * What an error of the request `action` (an IAM action) means. What is not known counts as `unknown`.
 * The texts in `sensitive` are redacted where the service repeats them.
 */
export function classify(thrown: unknown, action: string, sensitive: readonly string[] = []): Failure {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as AnyError;
  const hide = (text: string) => sensitive.reduce((hidden, secret) => hidden.replaceAll(secret, '…'), text);
  const sent = !error[beforeSending] && !error[fetchingKeys];
  return (
    (sent ? answeredFailure(error, action, hide) : undefined) ??
    connectionFailure(error, sent) ??
    unsentFailure(error, sent) ??
    lostAnswer(error)
  );
}

function unsentFailure(error: AnyError, sent: boolean): Failure | undefined {
  if (error instanceof CasesError) return { fate: 'refused', cause: 'other', error };
  if (sent) return undefined;
  const message = quoted(error.message) ?? '';
  if (error[fetchingKeys]) return clockFailure(error) ?? keysFailure(error, message);
  return failure('refused', 'other', 'INVALID_INPUT', because('cantBeMade', { text: message }), error);
}

/** There are no keys to sign with; a service that gives them may have said so. */
function keysFailure(error: AnyError, message: string): Failure {
  const name = quotedName(error.name) ?? '';
  if (expiredTokenNames.test(name)) {
    const text = 'The keys that ask for others have expired. Renew them, or enter new ones.';
    return failure('not-sent', 'transient', 'CREDENTIALS', because('tokenExpired'), error, text);
  }
  if (throttlingNames.test(name)) {
    const text = `The service that gives the keys asks for a pause (${name}).`;
    return failure('not-sent', 'unavailable', 'THROTTLED', because('throttled'), error, text);
  }
  return failure('refused', 'other', 'CREDENTIALS', noKeys(message), error);
}

/** What a provider says, in our words where it says too little, or too much: a command and its output may hold secrets. */
function noKeys(message: string): Reason {
  if (message.startsWith('Command failed')) return because('keysCommand');
  if (message.startsWith('Could not load credentials from any providers')) return because('noKeysFound');
  const [, profile] = /^Could not resolve credentials using profile: \[(.*)\]/.exec(message) ?? [];
  return profile === undefined
    ? because('noKeys', { text: message })
    : because('noProfile', { name: profile });
}
