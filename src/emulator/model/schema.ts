import { type ListSchema, list, type Schema, structure } from '../../model/schema';

const maps = new WeakSet<Schema>();

/** A map; a request's is checked, and handed on, as the list of its entries `{ key, value }`. */
export function map(key: Schema, value: Schema, limits: { min?: number; max?: number } = {}): ListSchema {
  const entries = list(structure({ key, value }), limits);
  maps.add(entries);
  return entries;
}

export const isMap = (schema: Schema): boolean => maps.has(schema);

/** An entry of a map. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** The map with these entries, of which the later counts. */
export const toMap = (entries: readonly Entry[] = []): Record<string, string> =>
  Object.fromEntries(entries.map(({ key, value }) => [key, value]));
