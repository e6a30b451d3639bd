import type { Schema } from '../../model/schema';
import { isMap } from '../model/schema';

type JsonSchema = Readonly<Record<string, unknown>>;

/** `schema` as a JSON Schema (2020-12), for editors that check and complete a file. */
export function toJsonSchema(schema: Schema, title: string): JsonSchema {
  const names = new Map<Schema, string>();
  const definitions: Record<string, JsonSchema> = {};
  const convert = (part: Schema): JsonSchema => {
    if (part.kind !== 'structure' && part.kind !== 'union') return convertSimple(part, convert);
    const known = names.get(part);
    const name = known ?? `part${names.size + 1}`;
    if (known === undefined) {
      names.set(part, name);
      definitions[name] = convertMembers(part, convert);
    }
    return { $ref: `#/$defs/${name}` };
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...convert(schema),
    $defs: definitions,
  };
}

function convertSimple(schema: Schema, convert: (part: Schema) => JsonSchema): JsonSchema {
  switch (schema.kind) {
    case 'string':
      return {
        type: 'string',
        ...(schema.min !== undefined && { minLength: schema.min }),
        ...(schema.max !== undefined && { maxLength: schema.max }),
        ...(schema.pattern && { pattern: schema.pattern.test.source }),
        ...(schema.values && { enum: schema.values }),
      };
    case 'list':
      return isMap(schema)
        ? { type: 'object', additionalProperties: { type: 'string' } }
        : {
            type: 'array',
            items: convert(schema.of),
            ...(schema.min !== undefined && { minItems: schema.min }),
            ...(schema.max !== undefined && { maxItems: schema.max }),
          };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'double':
      return {
        type: schema.kind === 'integer' ? 'integer' : 'number',
        ...(schema.min !== undefined && { minimum: schema.min }),
        ...(schema.max !== undefined && { maximum: schema.max }),
      };
    default:
      return convert(schema);
  }
}

function convertMembers(
  schema: Extract<Schema, { kind: 'structure' | 'union' }>,
  convert: (part: Schema) => JsonSchema,
): JsonSchema {
  const names = Object.keys(schema.members);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, convert(schema.members[name] as Schema)])),
    additionalProperties: false,
    ...(schema.kind === 'union'
      ? { minProperties: 1, maxProperties: 1 }
      : { required: names.filter((name) => !schema.optional.includes(name)) }),
  };
}
