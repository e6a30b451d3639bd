import type { FieldValue, FieldValueUnion } from '@aws-sdk/client-connectcases';

/** The value of a field as a flow reads it: text, number, yes/no, or null where it is empty. */
export function plainValue(value: FieldValueUnion | undefined): string | number | boolean | null {
  return value?.stringValue ?? value?.doubleValue ?? value?.booleanValue ?? value?.userArnValue ?? null;
}

/** What a field is called in a result: its name, or its id where names don't tell. */
export type KeyOf = (fieldId: string) => string;

/** The fields of a case as one plain object; those without a value are left out by the service. */
export const plainFields = (
  fields: readonly FieldValue[] = [],
  keyOf: KeyOf = (id) => id,
): Record<string, string | number | boolean | null> =>
  Object.fromEntries(fields.map(({ id = '', value }) => [keyOf(id), plainValue(value)]));
