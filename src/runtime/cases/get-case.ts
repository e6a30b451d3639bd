import type { RelatedItemType } from '@aws-sdk/client-connectcases';
import { readCase } from '../../cases/read-case';
import { doneStatus } from '../status-words';
import { caseDomain, caseIdOf } from './case-domain';
import { withValue } from './case-message';
import type { CaseProcess } from './case-process';

/** The message goes on with the case that it names. */
export const getCase: CaseProcess = async ({ RED, domain, values, config }) => {
  const { domainId, call, fields } = caseDomain(domain);
  const caseId = caseIdOf(values);
  const wanted = values.fields as readonly unknown[];
  const ids = await Promise.all(wanted.map((key, index) => fields.id(key, `fields[${index}]`)));
  const request = {
    domainId,
    caseId,
    fields: ids.length > 0 ? ids : await fields.all(),
    relatedItems: values.relatedItems as readonly RelatedItemType[],
  };
  const keyOf = values.keys === 'ids' ? undefined : await fields.names();
  return async () => {
    const found = await readCase(call, request, keyOf);
    return {
      status: doneStatus(Date.now()),
      outcome: `case ${caseId} was read`,
      write: (msg) => withValue(RED, msg, String(config.output || 'payload'), found),
    };
  };
};
