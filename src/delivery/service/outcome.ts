import { CasesError } from '../../errors/errors';
import { answeredFailure, expiredTokenNames } from './answered-failure';
import { connectionFailure, lostAnswer } from './connection-failure';
import { type AnyError, type Failure, failure } from './failure';
import { beforeSending } from './network-errors';
import { quoted } from './quoted';

export type { Cause, Failure, Fate } from './failure';

export const isExpiredToken = (error: unknown): boolean =>
  expiredTokenNames.test(String((error as AnyError | undefined)?.name ?? ''));

/**
 * What an error of the request `action` (an IAM action) means. What is not known counts as `unknown`.
 * The texts in `sensitive` are blotted out where the service repeats them.
 */
export function classify(thrown: unknown, action: string, sensitive: readonly string[] = []): Failure {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as AnyError;
  const hide = (text: string) => sensitive.reduce((hidden, secret) => hidden.replaceAll(secret, '…'), text);
  const sent = error[beforeSending] !== true;
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
  const text = `There are no usable credentials: ${withoutCommand(quoted(error.message) ?? '')}`;
  return failure('refused', 'other', 'CREDENTIALS', text, error);
}

/** The SDK repeats the command of a profile and what it printed; both may hold secrets. */
const withoutCommand = (message: string): string =>
  message.startsWith('Command failed')
    ? 'the command that the profile names (credential_process) failed. Run it by hand to see why.'
    : message;
