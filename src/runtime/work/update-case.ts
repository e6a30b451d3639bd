import type { FieldValue } from '@aws-sdk/client-connectcases';
import { statusField } from '../../cases/filter';
import { caseRules } from '../../cases/rules';
import { isFieldId } from '../../mapping/field-names';
import type { Input } from '../../model/operations';
import { plainId } from '../../model/text';
import { doneStatus } from '../status-words';
import { type NamedFields, namedFields, withIds } from './named-values';
import type { RequestWork } from './work';
import { caseIdOf, performedBy } from './work-domain';

/** The request, with the fields as the message names them. */
type Given = Omit<Input<'UpdateCase'>, 'fields'> & { readonly fields: NamedFields };

/** A name may be that of the status. */
function maySetStatus(fields: NamedFields): boolean {
  const keys = Array.isArray(fields) ? fields.map(({ id }: FieldValue) => String(id)) : Object.keys(fields);
  return keys.some((key) => key === statusField || !isFieldId(key));
}

/** The message goes on as it came, when its case has the new values. */
export const updateCase: RequestWork<'UpdateCase', Given> = {
  base: 'update-case',
  operation: 'UpdateCase',
  toInput: (values, domain) => ({
    domainId: domain.domainId,
    caseId: caseIdOf(values),
    fields: namedFields(values.fields, 'fields'),
    ...performedBy(values, domain),
  }),
  rules: () => caseRules.UpdateCase,
  prepare: async (given, domain) => ({
    ...given,
    fields: await withIds(given.fields, domain.fields, 'fields'),
  }),
  toResult: ({ input: { caseId, fields = [] } }) => ({
    outcome: `case ${caseId} was updated`,
    status: doneStatus(Date.now()),
    properties: { case: { caseId, fields: fields.map(({ id }) => id) } },
  }),
  updates: ({ caseId, fields }) => (maySetStatus(fields) ? plainId(caseId) : undefined),
  ended({ caseId }, end, { known, scope, note, now }) {
    const id = plainId(caseId);
    if ('error' in end) {
      const { created, code } = end.error;
      if (created === 'unknown' || code === 'NOT_FOUND') known.forget(scope, id);
      return;
    }
    known.updated(scope, id, end.delivered.input.fields ?? [], now());
    if (known.isClosed(scope, id, now())) note({ scope, closed: id });
  },
};
