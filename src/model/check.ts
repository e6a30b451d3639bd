import { describe } from './describe';
import { here, member, under } from './path';
import type {
  ListSchema,
  NumberSchema,
  Problem,
  Schema,
  StringSchema,
  StructureSchema,
  UnionSchema,
} from './schema';
import { codePoints } from './text';

/** The first problem of `value` under `schema`, or undefined where the service's model accepts it. Never throws. */
export function check(schema: Schema, value: unknown, path = ''): Problem | undefined {
  const problem = problemOf(schema, value);
  return problem && under(path, problem);
}

/** Paths are made on the way back from a problem, since most values have none. */
function problemOf(schema: Schema, value: unknown): Problem | undefined {
  if (value === undefined) return here('required');
  switch (schema.kind) {
    case 'string':
      return checkString(schema, value);
    case 'integer':
    case 'double':
      return checkNumber(schema, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType('boolean', value);
    case 'list':
      return checkList(schema, value);
    case 'structure':
    case 'union':
      return checkMembers(schema, value);
  }
}

function checkString(schema: StringSchema, value: unknown): Problem | undefined {
  if (typeof value !== 'string') return wrongType('string', value, schema.sensitive);
  if (schema.values && !schema.values.includes(value)) {
    return here('values', { got: describe(value, schema.sensitive), allowed: schema.values.join(', ') });
  }
  const { min = 0, max = Number.POSITIVE_INFINITY } = schema;
  // A code point has one unit or two, so most texts need not be counted.
  if (value.length > max || value.length < 2 * min) {
    const length = value.length > 2 * max ? Number.POSITIVE_INFINITY : codePoints(value);
    if (length > max || length < min) {
      return here('length', { min, max, got: Number.isFinite(length) ? length : `more than ${max}` });
    }
  }
  if (schema.pattern && !schema.pattern.test.test(value)) {
    const { rule, example = '' } = schema.pattern;
    return here(rule, { got: describe(value, schema.sensitive), example });
  }
  return undefined;
}

function checkNumber(schema: NumberSchema, value: unknown): Problem | undefined {
  const fits = schema.kind === 'integer' ? Number.isInteger(value) : Number.isFinite(value);
  if (!fits) return wrongType(schema.kind, value);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = schema;
  const number = value as number;
  return number < min || number > max ? here('range', { min, max, got: number }) : undefined;
}

function checkList(schema: ListSchema, value: unknown): Problem | undefined {
  if (!Array.isArray(value)) return wrongType(schema.expected ?? 'list', value);
  const { min = 0, max = Number.POSITIVE_INFINITY } = schema;
  if (value.length < min || value.length > max) return here('items', { min, max, got: value.length });
  for (let index = 0; index < value.length; index += 1) {
    const problem = problemOf(schema.of, value[index]);
    if (problem) return under(`[${index}]`, problem);
  }
  return undefined;
}

function checkMembers(schema: StructureSchema | UnionSchema, value: unknown): Problem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrongType((schema.kind === 'union' && schema.expected) || 'object', value);
  }
  const contents = value as Readonly<Record<string, unknown>>;
  const present = Object.keys(contents).filter((name) => contents[name] !== undefined);
  const known = Object.keys(schema.members);
  const unknown = present.find((name) => !Object.hasOwn(schema.members, name));
  if (unknown !== undefined) {
    return under(member('', unknown), here('unknown', { allowed: known.join(', ') || '{}' }));
  }
  if (schema.kind === 'union' && present.length !== 1) {
    return here('union', { got: present.join(', ') || '{}', allowed: known.join(', ') });
  }
  for (const name of schema.kind === 'union' ? present : known) {
    const content = contents[name];
    if (content === undefined && schema.kind === 'structure' && schema.optional.includes(name)) continue;
    const problem = problemOf(schema.members[name] as Schema, content);
    if (problem) return under(member('', name), problem);
  }
  return undefined;
}

const wrongType = (expected: string, value: unknown, sensitive?: true): Problem =>
  here('type', { expected, got: describe(value, sensitive) });
