import type { Finding, Verdict } from '../../definition/look-up-protocol';
import type { CasesError } from '../../errors/errors';
import type { Trial } from './trials';

/** What a trial found. */
export interface Result extends Pick<Finding, 'outcome' | 'found' | 'reason'> {
  readonly trial: Trial;
  /** What was thrown, unless that only says that the trial aimed at nothing. */
  readonly error?: CasesError;
}

/** Whether what went wrong would stop every other request, too. */
export const stopsAll = ({ error }: Result): boolean =>
  error !== undefined && ['CREDENTIALS', 'NOT_CONFIGURED', 'NETWORK', 'TIMEOUT'].includes(error.code);

/** The sentence that a connection test begins with: the first thing to mend, or that there is nothing to mend. */
export function verdictOf(results: readonly Result[], hasDomain: boolean): Verdict {
  const [first] = results;
  if (first && stopsAll(first)) {
    if (first.error?.code !== 'CREDENTIALS') return 'unreachable';
    return first.error.details.httpStatus === undefined ? 'noKeys' : 'keysRefused';
  }
  if (!hasDomain) return 'chooseDomain';
  if (results.some(({ trial, error }) => trial.purpose === 'domain' && error?.code === 'NOT_FOUND')) {
    return 'noDomain';
  }
  const ended = (purpose: Trial['purpose'], ...outcomes: Result['outcome'][]) =>
    results.some(({ trial, outcome }) => trial.purpose === purpose && outcomes.includes(outcome));
  if (ended('write', 'denied')) return 'denied';
  if (ended('write', 'failed', 'untested')) return 'unclear';
  if (ended('search', 'denied', 'failed', 'untested')) return 'noSearch';
  if (ended('names', 'denied', 'failed') || ended('domain', 'denied', 'failed')) return 'noNames';
  return 'ready';
}
