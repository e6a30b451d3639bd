import { CasesError } from '../errors/errors';
import { type OperationName, writes } from '../model/operations';

/** What delivery itself refuses; all else is told by the service or the connection. */

export const queueFull = (maxWaiting: number): CasesError => {
  const text = `${maxWaiting} messages wait already. Slow the flow down, or raise "Waiting at most" of the domain node.`;
  return new CasesError('QUEUE_FULL', text);
};

export const closed = (created: 'no' | 'unknown'): CasesError =>
  new CasesError('CLOSED', 'The flow was stopped or deployed before the item was delivered.', { created });

export const expired = (deadlineSeconds: number, created: 'no' | 'unknown'): CasesError => {
  const text = `The message waited longer than the ${deadlineSeconds} s that the domain node allows.`;
  return new CasesError('EXPIRED', text, { created });
};

/**
 * The same error, with the truth about whether something was created: an earlier request of a message in doubt may
 * have, and one that only reads never has.
 */
export function honest(error: CasesError, operation: OperationName, inDoubt: boolean): CasesError {
  const created = !writes[operation] ? 'no' : inDoubt ? 'unknown' : error.created;
  return error.created === created
    ? error
    : new CasesError(error.code, error.message, { ...error.details, created });
}

/** The same error for a message of which no request was sent. */
export const unsent = ({ code, message, details }: CasesError): CasesError =>
  new CasesError(code, message, { ...details, created: 'no' });
