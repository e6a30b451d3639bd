import { CasesError } from '../../errors/errors';
import { doneStatus } from '../status-words';
import { caseDomain, caseIdOf, performedBy } from './case-domain';
import { withCase } from './case-message';
import type { CaseProcess } from './case-process';
import { fieldValues } from './domain-fields';

/** The message goes on as it came, when its case has the new values. */
export const updateCase: CaseProcess = async ({ RED, domain, values }) => {
  const { domainId, call, fields: known, scope, known: knownCases, now } = caseDomain(domain);
  const caseId = caseIdOf(values);
  const fields = await fieldValues(known, values.fields, 'fields');
  const request = { domainId, caseId, fields, ...performedBy(domain, values) };
  return async () => {
    try {
      await call('UpdateCase', request);
    } catch (error) {
      if (error instanceof CasesError && error.created === 'unknown')
        knownCases.forget(scope, plainCaseId(caseId));
      throw error;
    }
    knownCases.updated(scope, plainCaseId(caseId), fields, now());
    const details = { caseId, fields: fields.map(({ id }) => id) };
    return {
      status: doneStatus(Date.now()),
      outcome: `case ${caseId} was updated`,
      write: (msg) => withCase(RED, msg, undefined, undefined, details),
    };
  };
};

const plainCaseId = (caseId: string): string => caseId.slice(caseId.lastIndexOf('/') + 1);
