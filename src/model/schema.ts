/**
 * A small language for what the service's model allows, and the one check that enforces it.
 * Pure: used by the runtime, by the editor and by the local service alike.
 */

/** Text, counted in Unicode code points as the service counts it. */
export interface StringSchema {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  /** Has to match the whole text; `rule` names it in words. */
  readonly pattern?: {
    readonly test: RegExp;
    readonly rule: 'endsInSpace' | 'entity' | 'region' | 'format';
    readonly example?: string;
  };
  readonly values?: readonly string[];
  /** Marked sensitive by the service: the text never appears in a message. */
  readonly sensitive?: true;
}
export interface NumberSchema {
  readonly kind: 'integer' | 'double';
  readonly min?: number;
  readonly max?: number;
}
export interface BooleanSchema {
  readonly kind: 'boolean';
}
export interface ListSchema {
  readonly kind: 'list';
  readonly of: Schema;
  readonly min?: number;
  readonly max?: number;
}
export interface StructureSchema {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Schema>>;
  /** Names of members that may be left out; all others are required. */
  readonly optional: readonly string[];
}
/** Exactly one of the members is present. */
export interface UnionSchema {
  readonly kind: 'union';
  readonly members: Readonly<Record<string, Schema>>;
}
export type Schema = StringSchema | NumberSchema | BooleanSchema | ListSchema | StructureSchema | UnionSchema;

export const string = (limits: Omit<StringSchema, 'kind'> = {}): StringSchema => ({
  kind: 'string',
  ...limits,
});
export const integer = (limits: Omit<NumberSchema, 'kind'> = {}): NumberSchema => ({
  kind: 'integer',
  ...limits,
});
export const double = (): NumberSchema => ({ kind: 'double' });
export const boolean = (): BooleanSchema => ({ kind: 'boolean' });
export const list = (of: Schema, limits: { min?: number; max?: number } = {}): ListSchema => ({
  kind: 'list',
  of,
  ...limits,
});
export const structure = (
  members: Record<string, Schema>,
  optional: readonly string[] = [],
): StructureSchema => ({ kind: 'structure', members, optional });
export const union = (members: Record<string, Schema>): UnionSchema => ({ kind: 'union', members });

/** Names the members of `T`, not yet what is in them: that is for `check` to say. */
export type Candidate<T> = T extends unknown ? { [Member in keyof T]?: unknown } : never;

/**
 * What is wrong with one member. `rule` is a catalogue key, `params` what its text needs:
 * the editor translates it, the runtime says it in English.
 */
export interface Problem {
  /** Where: `custom.fields[2].value.doubleValue`; empty for the value itself. */
  readonly path: string;
  readonly rule:
    | 'required'
    | 'type'
    | 'length'
    | 'range'
    | 'items'
    | 'endsInSpace'
    | 'entity'
    | 'region'
    | 'format'
    | 'values'
    | 'union'
    | 'unknown'
    | 'unreadable';
  readonly params: Readonly<Record<string, string | number>>;
}

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
  const length = codePoints(value);
  if (length < min || length > max) {
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

/** `path` followed by `name`, quoted where it would not read as a plain member. */
export function member(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${path}[${JSON.stringify(shorten(name))}]`;
  return path === '' ? name : `${path}.${name}`;
}

/** How many Unicode code points `text` has: an emoji is one, however many units it takes. */
export function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      pairs += 1;
      index += 1;
    }
  }
  return text.length - pairs;
}

/** The first `count` code points of `text`. */
export function firstCodePoints(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  for (let left = count; left > 0 && end < text.length; left -= 1) {
    end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

/** A value in a few words for a message: its type, and short values as they are. Never throws, never long. */
export function describe(value: unknown, sensitive?: boolean): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Uint8Array) return `a Buffer of ${value.length} bytes`;
  switch (typeof value) {
    case 'string':
      return sensitive ? `a text of ${codePoints(value)} characters` : JSON.stringify(shorten(value));
    case 'number':
    case 'boolean':
    case 'bigint':
      return sensitive ? `a ${typeof value}` : String(value);
    default:
      return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  }
}

const shorten = (text: string): string => (text.length > 60 ? `${firstCodePoints(text, 59)}…` : text);
