import type { FieldFilter, FieldType, FieldValue, FieldValueUnion } from '@aws-sdk/client-connectcases';
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

const iso8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** The field of the domain that a request names. Throws where there is none. */
export function knownField(domain: Domain, id: string, path: string): Field {
  const field = domain.fields.get(id);
  if (!field) throw validation(`Field '${id}' at '${path}' does not exist in the domain`);
  return field;
}

/** Refuses a value that the field can't hold; the empty value fits every field. */
export function requireFits(field: Field, value: FieldValueUnion, path: string): void {
  if (value.emptyValue) return;
  requireMember(field, value, path);
  const text = value.stringValue ?? value.userArnValue ?? '';
  const complaint = textComplaint(field, text);
  if (complaint) throw validation(`Value at '${path}' ${complaint}`);
}

function requireMember(field: Field, value: FieldValueUnion, path: string): void {
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
      return iso8601.test(text) && !Number.isNaN(Date.parse(text))
        ? undefined
        : 'has to be an ISO 8601 date and time';
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

/** Filters on fields, combined; `tag` is used for cases alone. */
export interface Filter {
  field?: FieldFilter | undefined;
  tag?: { equalTo?: { key?: string | undefined; value?: string | undefined } | undefined } | undefined;
  not?: Filter | undefined;
  andAll?: Filter[] | undefined;
  orAll?: Filter[] | undefined;
}

/** What a filter looks at. */
export interface Filtered {
  readonly fields: Readonly<Record<string, FieldValueUnion>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Refuses a filter that names unknown fields, or compares a field with a value of another type. */
export function requireUsable(domain: Domain, filter: Filter): void {
  const wanted = filter.field && comparison(filter.field).wanted;
  if (wanted) {
    const field = knownField(domain, wanted.id as string, 'field.id');
    if (!wanted.value?.emptyValue) requireMember(field, wanted.value as FieldValueUnion, 'field.value');
  }
  for (const part of [filter.not, ...(filter.andAll ?? []), ...(filter.orAll ?? [])]) {
    if (part) requireUsable(domain, part);
  }
}

export function matches(domain: Domain, filter: Filter, { fields, tags }: Filtered): boolean {
  const again = (part: Filter) => matches(domain, part, { fields, tags });
  if (filter.not) return !again(filter.not);
  if (filter.andAll) return filter.andAll.every(again);
  if (filter.orAll) return filter.orAll.some(again);
  if (filter.tag) {
    const { key = '', value } = filter.tag.equalTo ?? {};
    return Object.hasOwn(tags, key) && (value === undefined || tags[key] === value);
  }
  return filter.field ? matchesField(domain, filter.field, fields) : true;
}

function matchesField(domain: Domain, filter: FieldFilter, fields: Filtered['fields']): boolean {
  const { operator, wanted } = comparison(filter);
  const id = wanted.id as string;
  const type = domain.fields.get(id)?.type;
  const expected = comparable(type, wanted.value);
  const actual = comparable(type, fields[id]);
  if (expected === undefined || actual === undefined) return operator === 'equalTo' && expected === actual;
  switch (operator) {
    case 'equalTo':
      return actual === expected;
    case 'contains':
      return String(actual).toLowerCase().includes(String(expected).toLowerCase());
    case 'greaterThan':
      return actual > expected;
    case 'greaterThanOrEqualTo':
      return actual >= expected;
    case 'lessThan':
      return actual < expected;
    case 'lessThanOrEqualTo':
      return actual <= expected;
  }
}

type Operator = Exclude<
  FieldFilter extends infer F ? (F extends unknown ? keyof F : never) : never,
  '$unknown'
>;

function comparison(filter: FieldFilter): { operator: Operator; wanted: FieldValue } {
  const [operator, wanted] = Object.entries(filter)[0] as [Operator, FieldValue];
  return { operator, wanted };
}

/** A value that `<` and `===` order as the service does; undefined for an empty one. */
export function comparable(type: FieldType | undefined, value: FieldValueUnion | undefined) {
  const plain = value?.stringValue ?? value?.doubleValue ?? value?.booleanValue ?? value?.userArnValue;
  return type === 'DateTime' && typeof plain === 'string' ? Date.parse(plain) : plain;
}
