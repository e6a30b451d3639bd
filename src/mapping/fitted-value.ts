import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import type { DomainField } from '../definition/domain-fields';
import { describe } from '../model/describe';
import { isDateTime } from '../model/field-value';
import type { Problem } from '../model/schema';

/** A value that its field can hold, or why there is none. */
type Fitted = { readonly value: FieldValueUnion } | { readonly problem: Problem };

type Plain = string | number | boolean;
/** The value for a field, or undefined where it is of another type. */
type Fit = (plain: Plain) => FieldValueUnion | undefined;

/** The kind of value that a problem names, and how a value becomes one, for each type of field that is known. */
const fits: Readonly<Record<string, { readonly kind: string; readonly fit: Fit }>> = {
  Text: { kind: 'string', fit: (plain) => ({ stringValue: String(plain) }) },
  Url: { kind: 'url', fit: asText(URL.canParse) },
  SingleSelect: { kind: 'string', fit: (plain) => ({ stringValue: String(plain) }) },
  User: { kind: 'user', fit: asUser },
  Number: { kind: 'double', fit: asNumber },
  Boolean: { kind: 'boolean', fit: asBoolean },
  DateTime: { kind: 'dateTime', fit: asDateTime },
};

/**
 * `value` as a field of this type holds it: a number that is written as text, `"true"`, a date as ISO 8601 or in
 * milliseconds since 1970, a user's ARN. The empty value fits every field, and any value one of an unknown type.
 */
export function fittedTo({ name, type }: DomainField, value: FieldValueUnion, path: string): Fitted {
  const [[member, plain] = ['', undefined]] = Object.entries(value);
  const known = Object.hasOwn(fits, type) ? fits[type] : undefined;
  if (!known || member === 'emptyValue') return { value };
  const fitted = known.fit(plain as Plain);
  if (fitted) return { value: fitted };
  const got = `${describe(plain)} (${member})`;
  return {
    problem: {
      path,
      rule: 'fieldType',
      params: { field: describe(name), type, expected: known.kind, got },
    },
  };
}

function asText(test: (text: string) => boolean): Fit {
  return (plain) => (typeof plain === 'string' && test(plain) ? { stringValue: plain } : undefined);
}

function asUser(plain: Plain): FieldValueUnion | undefined {
  return typeof plain === 'string' && /^arn:/.test(plain.trim()) ? { userArnValue: plain.trim() } : undefined;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function asNumber(plain: Plain): FieldValueUnion | undefined {
  if (typeof plain === 'number') return { doubleValue: plain };
  if (typeof plain !== 'string' || !decimal.test(plain.trim())) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? { doubleValue: number } : undefined;
}

function asBoolean(plain: Plain): FieldValueUnion | undefined {
  const word = String(plain).trim().toLowerCase();
  return word === 'true' || word === 'false' ? { booleanValue: word === 'true' } : undefined;
}

function asDateTime(plain: Plain): FieldValueUnion | undefined {
  if (typeof plain === 'string') {
    const text = plain.trim();
    return isDateTime(text) ? { stringValue: text } : undefined;
  }
  const date = new Date(typeof plain === 'number' ? plain : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : { stringValue: date.toISOString() };
}
