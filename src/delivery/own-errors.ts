import { CasesError, explained } from '../errors/errors';
import { because } from '../errors/reasons';
import { type OperationName, writes } from '../model/operations';

/** What delivery itself refuses; all else is told by the service or the connection. */

export const queueFull = (maxWaiting: number): CasesError => {
  const text = `${maxWaiting} messages wait already. Slow the flow down, or raise "Waiting at most" of the domain node.`;
  return explained('QUEUE_FULL', because('queueFull', { max: maxWaiting }), {}, text);
};

export const closed = (created: 'no' | 'unknown'): CasesError =>
  explained('CLOSED', because('stopped'), { created });

export const expired = (deadlineSeconds: number, created: 'no' | 'unknown'): CasesError => {
  const text = `The message waited longer than the ${deadlineSeconds} s that the domain node allows.`;
  return explained('EXPIRED', because('expired', { seconds: deadlineSeconds }), { created }, text);
};

export const dropped = (created: 'no' | 'unknown'): CasesError => {
  const text = `Somebody took the message out of the queue before it was sent${created === 'no' ? '' : ' again'}.`;
  return new CasesError('DROPPED', text, { created });
};

export const interrupted = (): CasesError =>
  explained('NETWORK', because('interrupted'), { created: 'unknown' });

/** An error for a message in doubt where nothing can be found out about it. */
export const neverKnown = ({ code, message, details, reason }: CasesError, why: CasesError): CasesError => {
  const text = `${message} Whether the item was created can't be found out: ${why.message}`;
  const both = reason && why.reason && because('neverKnown', { error: reason, why: why.reason });
  return new CasesError(code, text, details, undefined, both);
};

/** An error that tells the truth about whether something was created, by what is known of the message. */
export function honest(
  error: CasesError,
  known: { readonly operation: OperationName; readonly attempts: number; readonly inDoubt: boolean },
): CasesError {
  const surelyNot = !writes[known.operation] || known.attempts === 0;
  const created = surelyNot ? 'no' : known.inDoubt ? 'unknown' : error.created;
  return error.created === created ? error : error.with({ created });
}
