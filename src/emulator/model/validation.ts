import { check } from '../../model/check';
import type { Schema } from '../../model/schema';
import { modelViolation, ServiceError, validation } from './errors';
import { isMap } from './schema';

const deepest = 100;

/**
 * `request` as the service reads it: nulls, and members of structures that its model does not know, are
 * ignored; an unknown member of a union is not. Throws what the service answers where the model refuses it.
 */
export function accepted(schema: Schema, request: unknown): unknown {
  const read = onlyKnown(schema, request, 0);
  const problem = check(schema, read);
  if (problem) throw modelViolation(problem);
  return read;
}

function onlyKnown(schema: Schema, value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (depth > deepest) throw validation(`The request is nested more than ${deepest} levels deep`);
  if (isMap(schema)) return entriesOf(value);
  if (Array.isArray(value)) {
    return schema.kind === 'list' ? value.map((entry) => onlyKnown(schema.of, entry, depth + 1)) : value;
  }
  if (schema.kind !== 'structure' && schema.kind !== 'union') return value;
  const members = value as Record<string, unknown>;
  const names = Object.keys(schema.kind === 'structure' ? schema.members : members);
  return Object.fromEntries(
    names
      .filter((name) => Object.hasOwn(members, name) && members[name] != null)
      .map((name) => {
        const known = Object.hasOwn(schema.members, name) ? schema.members[name] : undefined;
        return [name, known ? onlyKnown(known, members[name], depth + 1) : members[name]];
      }),
  );
}

/** Entries without a value are left out. */
function entriesOf(map: object): unknown {
  if (Array.isArray(map))
    throw new ServiceError('SerializationException', 'A list came where a map has to be');
  return Object.entries(map)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ({ key, value }));
}
