import { randomUUID } from 'node:crypto';
import type { FieldIdentifier, FieldValue, FieldValueUnion, UserUnion } from '@aws-sdk/client-connectcases';
import { requireCustomer } from '../auth/callers';
import { validation } from '../model/errors';
import { knownField, requireFits } from '../model/field-values';
import type { Change } from '../state/change';
import type { Caller, Case, Domain, FieldChange } from '../state/state';
import { required, type World } from './world';

export type Fields = Readonly<Record<string, FieldValueUnion>>;

/** The values among `fields` that were asked for, each once. */
export function selected(domain: Domain, fields: Fields, wanted: readonly FieldIdentifier[]): FieldValue[] {
  const ids = wanted.map(({ id }, index) => knownField(domain, required(id), `fields[${index}].id`).id);
  return [...new Set(ids)].flatMap((id) => (fields[id] ? [{ id, value: fields[id] }] : []));
}

/** The fields of a request by id. Throws where one can't be set to its value; `held` are those that the case has. */
export function givenFields(
  world: World,
  domain: Domain,
  fields: readonly FieldValue[],
  caller: Caller,
  held: Fields = {},
): Fields {
  const given = new Map<string, FieldValueUnion>();
  fields.forEach(({ id = '', value }, index) => {
    const field = knownField(domain, id, `fields[${index}].id`);
    if (field.readOnly) throw validation(`Field '${id}' is set by the service`);
    if (field.deleted && !held[id]) throw validation(`Field '${id}' at 'fields[${index}].id' is deleted`);
    if (given.has(id)) throw validation(`Field '${id}' at 'fields[${index}].id' is given twice`);
    requireFits(field, required(value), `fields[${index}].value`);
    given.set(id, required(value));
  });
  requireCustomer(world, given.get('customer_id')?.stringValue, caller);
  return Object.fromEntries(given);
}

/** The change that sets `given`, which fits; an empty value takes the field away. */
export function caseChange(
  world: World,
  found: Case,
  given: Fields,
  performedBy: UserUnion | undefined,
  caller: Caller,
): Change {
  const at = world.now();
  const time = { stringValue: new Date(at).toISOString() };
  const status = given.status?.stringValue;
  const closes = status === 'closed' && found.fields.status?.stringValue !== 'closed';
  const after: Fields = {
    ...given,
    last_updated_datetime: time,
    ...(closes && { last_closed_datetime: time }),
  };
  const metItems = found.items.filter(
    ({ metAt, content }) => metAt === undefined && targets(content.sla, status),
  );
  return {
    kind: 'case-updated',
    caseId: found.id,
    ...(metItems.length > 0 && { metItems: metItems.map(({ id }) => id) }),
    event: {
      id: randomUUID(),
      type: 'Case.Updated',
      at,
      fields: Object.entries(after).map(([id, value]) => fieldChange(id, found.fields[id], value)),
      ...(performedBy && { performedBy }),
      principal: caller.principal,
    },
  };
}

const fieldChange = (id: string, before?: FieldValueUnion, after?: FieldValueUnion): FieldChange => ({
  id,
  ...(before && { before }),
  ...(after && !after.emptyValue && { after }),
});

/** Whether an SLA is met by `status`. */
export function targets(
  sla: Case['items'][number]['content']['sla'] | undefined,
  status: string | undefined,
): boolean {
  const wanted = sla?.slaInputConfiguration?.targetFieldValues ?? [];
  return status !== undefined && wanted.some(({ stringValue }) => stringValue === status);
}
