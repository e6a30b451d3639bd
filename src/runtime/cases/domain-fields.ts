import type { FieldValue } from '@aws-sdk/client-connectcases';
import type { KeyOf } from '../../cases/plain';
import type { FieldNames } from '../../definition/domain-fields';
import { invalidInput } from '../../errors/errors';
import { isRecord } from '../../mapping/reading';
import { snapshot } from '../../mapping/snapshot';
import { describe } from '../../model/describe';

/** The fields of a domain as messages and forms name them. Rejects with a `CasesError` that names `path`. */
export interface DomainFields extends FieldNames {
  /** The id of a template that is given by its name or its id. */
  templateId(key: unknown, path: string): Promise<string>;
  /** What each field is called in a result. */
  names(): Promise<KeyOf>;
  /** The ids of all fields. */
  all(): Promise<readonly string[]>;
}

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
        : ({ path, rule: 'type', params: { expected: 'object', got: describe(entries) } } as const);
    throw invalidInput(problem);
  }
  const values: FieldValue[] = [];
  for (const [key, value] of Object.entries(entries)) {
    if (value !== undefined) values.push(await fields.value(key, value, `${path}.${key}`));
  }
  return values;
}
