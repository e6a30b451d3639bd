import type { FieldType, FieldValueUnion } from '@aws-sdk/client-connectcases';
import { codePoints } from '../../model/text';
import type { Domain, Field } from '../state/state';
import { looksLikeArn } from './arn';
import { validation } from './errors';

const memberByType = {
  Text: 'stringValue',
  Number: 'doubleValue',
  Boolean: 'booleanValue',
  DateTime: 'stringValue',
  SingleSelect: 'stringValue',
  Url: 'stringValue',
  User: 'userArnValue',
} as const satisfies Record<FieldType, keyof FieldValueUnion>;

const iso8601 = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** The field of the domain that a request names, deleted or not. Throws where there is none. */
export function knownField(domain: Domain, id: string, path: string): Field {
  const field = domain.fields.get(id);
  if (!field) throw validation(`Field '${id}' at '${path}' does not exist in the domain`);
  return field;
}

/** Refuses a value that the field can't hold; the empty value fits every field. */
export function requireFits(field: Field, value: FieldValueUnion, path: string): void {
  if (value.emptyValue) return;
  requireMember(field, value, path);
  const complaint = textComplaint(field, value.stringValue ?? value.userArnValue ?? '');
  if (complaint) throw validation(`Value at '${path}' ${complaint}`);
}

/** Refuses a value of another type than the field's. */
export function requireMember(field: Field, value: FieldValueUnion, path: string): void {
  const expected = memberByType[field.type];
  if (value[expected] === undefined) {
    throw validation(
      `Value at '${path}' has to be a ${expected}, because field '${field.id}' is of type ${field.type}`,
    );
  }
}

function textComplaint(field: Field, text: string): string | undefined {
  if (field.maxLength !== undefined && codePoints(text) > field.maxLength) {
    return `is longer than the ${field.maxLength} characters of field '${field.id}'`;
  }
  switch (field.type) {
    case 'DateTime':
      return isDateTime(text) ? undefined : 'has to be an ISO 8601 date and time';
    case 'SingleSelect':
      return field.options?.some(({ value, active }) => active && value === text)
        ? undefined
        : `has to be an active option of field '${field.id}'`;
    case 'Url':
      return URL.canParse(text) ? undefined : 'has to be a URL';
    case 'User':
      return looksLikeArn(text) ? undefined : 'has to be the ARN of a user';
    default:
      return undefined;
  }
}

/** Whether `text` is an ISO 8601 date, or date and time, that the calendar has. */
export function isDateTime(text: string): boolean {
  const [, year, month, day] = iso8601.exec(text) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(text))) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Whether a field has something in it: not nothing, not the empty value, not blank text. */
export const hasContent = (value: FieldValueUnion | undefined): boolean =>
  value !== undefined && !value.emptyValue && (value.stringValue ?? value.userArnValue ?? '–').trim() !== '';
