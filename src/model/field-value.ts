import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import { kindOf, timeOf } from './kind';
import { FieldValueUnionStringValueString } from './limits';
import { boolean, type Candidate, double, string, structure, union } from './schema';

/** `FieldValueUnion` of the model: the value of a case field. */
export const fieldValueSchema = union(
  {
    stringValue: FieldValueUnionStringValueString,
    doubleValue: double(),
    booleanValue: boolean(),
    emptyValue: structure({}),
    userArnValue: string({ role: 'id' }),
  },
  { expected: 'fieldValue' },
);

/**
 * The union member for a plain value: text, number, yes/no, `null` for empty, a Date as ISO 8601.
 * An object passes as it is, to be checked as the exact form; nothing stays nothing.
 */
export function toFieldValue(value: unknown): Candidate<FieldValueUnion> | undefined {
  switch (kindOf(value)) {
    case 'nothing':
      return undefined;
    case 'null':
      return { emptyValue: {} };
    case 'date': {
      const time = timeOf(value as Date);
      return { stringValue: Number.isNaN(time) ? value : new Date(time).toISOString() };
    }
    case 'text':
      return { stringValue: value };
    case 'number':
      return { doubleValue: value };
    case 'boolean':
      return { booleanValue: value };
    default:
      return value as Candidate<FieldValueUnion>;
  }
}

const iso8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Whether a field of the type DateTime can hold a text: a date in ISO 8601, or a date and a time. */
export const isDateTime = (text: string): boolean => iso8601.test(text) && !Number.isNaN(Date.parse(text));
