import { describe, member } from './describe';
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
  if (value === undefined) return { path, rule: 'required', params: {} };
  switch (schema.kind) {
    case 'string':
      return checkString(schema, value, path);
    case 'integer':
    case 'double':
      return checkNumber(schema, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType('boolean', value, path);
    case 'list':
      return checkList(schema, value, path);
    case 'structure':
    case 'union':
      return checkMembers(schema, value, path);
  }
}

function checkString(schema: StringSchema, value: unknown, path: string): Problem | undefined {
  if (typeof value !== 'string') return wrongType('string', value, path, schema.sensitive);
  if (schema.values && !schema.values.includes(value)) {
    return {
      path,
      rule: 'values',
      params: { got: describe(value, schema.sensitive), allowed: schema.values.join(', ') },
    };
  }
  const { min = 0, max = Number.POSITIVE_INFINITY } = schema;
  // A code point has two units at most, so what is far too long need not be counted.
  const length = value.length > 2 * max ? Number.POSITIVE_INFINITY : codePoints(value);
  if (length > max) {
    const got = Number.isFinite(length) ? length : `more than ${max}`;
    return { path, rule: 'length', params: { min, max, got } };
  }
  if (length < min) {
    return { path, rule: 'length', params: { min, max, got: length } };
  }
  if (schema.pattern && !schema.pattern.test.test(value)) {
    const { rule, example = '' } = schema.pattern;
    return { path, rule, params: { got: describe(value, schema.sensitive), example } };
  }
  return undefined;
}

function checkNumber(schema: NumberSchema, value: unknown, path: string): Problem | undefined {
  const fits = schema.kind === 'integer' ? Number.isInteger(value) : Number.isFinite(value);
  if (!fits) return wrongType(schema.kind, value, path);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = schema;
  const number = value as number;
  return number < min || number > max
    ? { path, rule: 'range', params: { min, max, got: number } }
    : undefined;
}

function checkList(schema: ListSchema, value: unknown, path: string): Problem | undefined {
  if (!Array.isArray(value)) return wrongType('list', value, path);
  const { min = 0, max = Number.POSITIVE_INFINITY } = schema;
  if (value.length < min || value.length > max) {
    return { path, rule: 'items', params: { min, max, got: value.length } };
  }
  for (let index = 0; index < value.length; index += 1) {
    const problem = check(schema.of, value[index], `${path}[${index}]`);
    if (problem) return problem;
  }
  return undefined;
}

function checkMembers(
  schema: StructureSchema | UnionSchema,
  value: unknown,
  path: string,
): Problem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrongType('object', value, path);
  }
  const known = Object.keys(schema.members);
  const present = Object.keys(value).filter((name) => (value as Record<string, unknown>)[name] !== undefined);
  const unknown = present.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    return {
      path: member(path, unknown),
      rule: 'unknown',
      params: { allowed: known.join(', ') || '{}' },
    };
  }
  if (schema.kind === 'union' && present.length !== 1) {
    return { path, rule: 'union', params: { got: present.join(', ') || '{}', allowed: known.join(', ') } };
  }
  for (const name of schema.kind === 'union' ? present : known) {
    const content = (value as Record<string, unknown>)[name];
    if (content === undefined && schema.kind === 'structure' && schema.optional.includes(name)) continue;
    const problem = check(schema.members[name] as Schema, content, member(path, name));
    if (problem) return problem;
  }
  return undefined;
}

const wrongType = (expected: string, value: unknown, path: string, sensitive?: true): Problem => ({
  path,
  rule: 'type',
  params: { expected, got: describe(value, sensitive) },
});
