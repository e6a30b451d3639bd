import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import { FieldValueUnionStringValueString } from './limits';
import { boolean, type Candidate, double, string, structure, union } from './schema';

/** `FieldValueUnion` of the model: the value of a case field. */
export const fieldValueSchema = union({
  stringValue: FieldValueUnionStringValueString,
  doubleValue: double(),
  booleanValue: boolean(),
  emptyValue: structure({}),
  userArnValue: string(),
});

/**
 * The union member for a plain value: text, number, yes/no, `null` for empty, a Date as ISO 8601.
 * An object passes as it is, to be checked as the exact form; nothing stays nothing.
 */
export function toFieldValue(value: unknown): Candidate<FieldValueUnion> | undefined {
  if (value === undefined) return undefined;
  if (value === null) return { emptyValue: {} };
  if (value instanceof Date) {
    return { stringValue: Number.isNaN(value.getTime()) ? value : value.toISOString() };
  }
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'number':
      return { doubleValue: value };
    case 'boolean':
      return { booleanValue: value };
    default:
      return value as Candidate<FieldValueUnion>;
  }
}
