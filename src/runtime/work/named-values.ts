import type { FieldValue, FieldValueUnion } from '@aws-sdk/client-connectcases';
import type { FieldNames } from '../../definition/domain-fields';
import { invalidInput } from '../../errors/errors';
import { demand, demandFieldValue } from '../../mapping/demand';
import { withoutFields } from '../../mapping/exact-form';
import { isRecord } from '../../mapping/reading';
import { snapshot } from '../../mapping/snapshot';
import { describe } from '../../model/describe';
import { FieldId, UpdateCaseFields } from '../../model/limits';
import { member } from '../../model/path';

/** A row of a form, or an entry of a list in a message, as it was found. */
interface Entry {
  readonly id?: unknown;
  readonly value?: unknown;
}

/** Values of fields by names or ids of these: a list, or a map where the message has one. */
export type NamedFields = readonly FieldValue[] | Readonly<Record<string, FieldValueUnion>>;

/** A field and its value, judged as far as can be without asking the service. Throws `INVALID_INPUT`. */
export const namedValue = ({ id, value }: Entry, path: string): FieldValue => ({
  id: demand(FieldId, id, `${path}.id`) as string,
  value: demandFieldValue(value, `${path}.value`),
});

/** The rows of a form. Throws `INVALID_INPUT`. */
export const namedValues = (entries: unknown, path: string): readonly FieldValue[] =>
  (entries as readonly Entry[]).map((entry, index) => namedValue(entry, `${path}[${index}]`));

/**
 * The fields that a message or a form sets, as many as one update takes: a map, a list of `{ id, value }`, or
 * `{ fields: [...] }`. Throws `INVALID_INPUT`.
 */
export function namedFields(given: unknown, path: string): NamedFields {
  const entries = withoutFields(snapshot(given, path));
  if (Array.isArray(entries)) {
    demandCount(entries.length, path);
    return namedValues(
      entries.map((entry) => (isRecord(entry) ? entry : {})),
      path,
    );
  }
  if (isRecord(entries)) {
    demandCount(Object.keys(entries).length, path);
    return Object.fromEntries(
      Object.entries(entries).map(([key, value]) => {
        const named = namedValue({ id: key, value }, member(path, key));
        return [named.id, named.value as FieldValueUnion];
      }),
    );
  }
  throw invalidInput(
    entries === undefined || entries === null
      ? { path, rule: 'required', params: {} }
      : { path, rule: 'type', params: { expected: 'object', got: describe(entries) } },
  );
}

function demandCount(got: number, path: string): void {
  const { min, max } = UpdateCaseFields;
  if (got > max) throw invalidInput({ path, rule: 'items', params: { min, max, got } });
}

/** Named fields with their ids, each once, and with values that the fields hold. Rejects with a `CasesError` that names `path`. */
export async function withIds(named: NamedFields, fields: FieldNames, path: string): Promise<FieldValue[]> {
  const entries = Array.isArray(named)
    ? named.map(({ id, value }: FieldValue, index) => [id, value, `${path}[${index}]`] as const)
    : Object.entries(named).map(([key, value]) => [key, value, member(path, key)] as const);
  const values: FieldValue[] = [];
  for (const [id, value, place] of entries) {
    const field = await fields.value(id, value, place);
    if (values.some((earlier) => earlier.id === field.id)) {
      throw invalidInput({ path: `${place}.id`, rule: 'twice', params: { got: describe(id) } });
    }
    values.push(field);
  }
  return values;
}

/** The names or ids of fields that a form lists. Throws `INVALID_INPUT`. */
export const fieldKeys = (listed: unknown): readonly string[] =>
  (listed as readonly unknown[]).map(
    (key, index) => demand(FieldId, key ?? undefined, `fields[${index}]`) as string,
  );

/** The ids of these fields. Rejects with `INVALID_INPUT`. */
export const fieldIds = (keys: readonly string[], fields: FieldNames): Promise<string[]> =>
  Promise.all(keys.map((key, index) => fields.id(key, `fields[${index}]`)));
