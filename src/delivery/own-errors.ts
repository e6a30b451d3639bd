import { CasesError } from '../errors/errors';

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

/** The same error for a message that only reads. */
export const certain = (error: CasesError): CasesError =>
  error.created === 'no'
    ? error
    : new CasesError(error.code, error.message, { ...error.details, created: 'no' });

/** The same error for a message whose item an earlier request may have created. */
export const inDoubt = (error: CasesError): CasesError =>
  error.created === 'unknown'
    ? error
    : new CasesError(error.code, error.message, { ...error.details, created: 'unknown' });
