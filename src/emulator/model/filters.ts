import type { FieldFilter, FieldType, FieldValue, FieldValueUnion } from '@aws-sdk/client-connectcases';
import type { Domain, Field } from '../state/state';
import { validation } from './errors';
import { isDateTime, knownField, requireMember } from './field-values';

/** Filters on fields, combined; `tag` is used for cases alone. */
interface Filter {
  field?: FieldFilter | undefined;
  tag?: { equalTo?: { key?: string | undefined; value?: string | undefined } | undefined } | undefined;
  not?: Filter | undefined;
  andAll?: Filter[] | undefined;
  orAll?: Filter[] | undefined;
}

/** What a filter looks at. */
interface Filtered {
  readonly fields: Readonly<Record<string, FieldValueUnion>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Refuses a filter that names unknown fields, or compares a field with what it can't be compared with. */
export function requireUsable(domain: Domain, filter: Filter): void {
  if (filter.field) requireComparable(domain, filter.field);
  for (const part of [filter.not, ...(filter.andAll ?? []), ...(filter.orAll ?? [])]) {
    if (part) requireUsable(domain, part);
  }
}

function requireComparable(domain: Domain, filter: FieldFilter): void {
  const { operator, wanted } = comparison(filter);
  const field = knownField(domain, wanted.id as string, 'field.id');
  const value = wanted.value as FieldValueUnion;
  if (!operators(field).includes(operator)) {
    throw validation(`Field '${field.id}' is of type ${field.type} and can't be compared with '${operator}'`);
  }
  if (value.emptyValue) return;
  requireMember(field, value, 'field.value');
  if (field.type === 'DateTime' && !isDateTime(value.stringValue ?? '')) {
    throw validation(`Value at 'field.value' has to be an ISO 8601 date and time`);
  }
}

const ordering = ['greaterThan', 'greaterThanOrEqualTo', 'lessThan', 'lessThanOrEqualTo'] as const;

/** What a field can be asked. The service's documents don't say; this is what makes sense. */
function operators({ type }: Field): readonly Operator[] {
  switch (type) {
    case 'Boolean':
      return ['equalTo'];
    case 'Number':
    case 'DateTime':
      return ['equalTo', ...ordering];
    default:
      return ['equalTo', 'contains', ...ordering];
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
