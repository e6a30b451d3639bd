import type { FieldValue } from '@aws-sdk/client-connectcases';
import type { KeyOf } from '../../cases/plain';
import type { FieldNames } from '../../definition/domain-fields';
import { invalidInput } from '../../errors/errors';
import { isRecord } from '../../mapping/reading';
import { snapshot } from '../../mapping/snapshot';
import { check } from '../../model/check';
import { fieldValueSchema, toFieldValue } from '../../model/field-value';
import { FieldId } from '../../model/limits';

/** The fields of a domain as messages and forms name them. Rejects with a `CasesError` that names `path`. */
export interface DomainFields extends FieldNames {
  /** What each field is called in a result. */
  names(): Promise<KeyOf>;
  /** The ids of all fields. */
  all(): Promise<readonly string[]>;
}

/** Fields that are given by their ids alone. */
export const fieldsById: DomainFields = {
  async id(key, path) {
    const problem = check(FieldId, key ?? undefined, path);
    if (problem) throw invalidInput(problem);
    return String(key);
  },
  async value(key, value, path) {
    const id = await fieldsById.id(key, `${path}.id`);
    const candidate = toFieldValue(snapshot(value, `${path}.value`));
    const problem = check(fieldValueSchema, candidate, `${path}.value`);
    if (problem) throw invalidInput(problem);
    return { id, value: candidate as FieldValue['value'] };
  },
  names: async () => (id) => id,
  all: async () => ['title', 'status', 'reference_number', 'customer_id'],
};

/** The fields that a message or a form sets: a map, a list of `{ id, value }`, or `{ fields: [...] }`. */
export async function fieldValues(fields: DomainFields, given: unknown, path: string): Promise<FieldValue[]> {
  const plain = snapshot(given, path);
  const entries =
    isRecord(plain) && Object.keys(plain).join() === 'fields' && Array.isArray(plain.fields)
      ? plain.fields
      : plain;
  if (Array.isArray(entries)) {
    const values: FieldValue[] = [];
    for (const [index, entry] of entries.entries()) {
      const { id, value } = isRecord(entry) ? entry : { id: undefined, value: undefined };
      values.push(await fields.value(id, value, `${path}[${index}]`));
    }
    return values;
  }
  if (!isRecord(entries)) {
    const problem =
      entries === undefined || entries === null
        ? ({ path, rule: 'required', params: {} } as const)
        : ({ path, rule: 'type', params: { expected: 'object', got: typeof entries } } as const);
    throw invalidInput(problem);
  }
  const values: FieldValue[] = [];
  for (const [key, value] of Object.entries(entries)) {
    if (value !== undefined) values.push(await fields.value(key, value, `${path}.${key}`));
  }
  return values;
}
