import type { RelatedItemType } from '@aws-sdk/client-connectcases';
import { readCase, type WholeCase } from '../../cases/read-case';
import { doneStatus } from '../status-words';
import { callsThrough } from './calls';
import { fieldIds, fieldKeys } from './named-values';
import type { TaskWork } from './work';
import { caseIdOf } from './work-domain';

/** A case, and what of it is wanted; fields by names or ids. */
interface Wanted {
  readonly caseId: string;
  readonly fields: readonly string[];
  readonly keys: unknown;
  readonly relatedItems: readonly RelatedItemType[];
}

/** The message goes on with the case that it names. */
export const getCase: TaskWork<Wanted, WholeCase> = {
  base: 'get-case',
  task: 'get-case',
  toInput: (values) => ({
    caseId: caseIdOf(values),
    fields: fieldKeys(values.fields),
    keys: values.keys,
    relatedItems: values.relatedItems as readonly RelatedItemType[],
  }),
  async run({ caseId, keys, relatedItems, ...wanted }, { domainId, fields }, context) {
    const ids = await fieldIds(wanted.fields, fields);
    const request = { domainId, caseId, fields: ids.length > 0 ? ids : await fields.all(), relatedItems };
    const keyOf = keys === 'ids' ? undefined : await fields.names();
    return readCase(callsThrough(context), request, keyOf);
  },
  toResult: (found) => ({
    outcome: `case ${found.caseId} was read`,
    status: doneStatus(Date.now()),
    output: { value: found, name: 'the case' },
  }),
};
