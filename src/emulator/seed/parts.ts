import { createHash } from 'node:crypto';
import { validation } from '../model/errors';
import { type Entry, toMap } from '../model/schema';

/** What everything has that can be named. Throws for an id that every object has as a property. */
export function resource(id: string, tags: readonly Entry[] | undefined, createdAt: number) {
  if (id in {}) throw validation(`'${id}' can't be an id`);
  return { id, createdAt, tags: toMap(tags) };
}

/** An id for what has none: the same for the same place in the same seed, so that it is the same at every start. */
export function idOf(...place: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(place)).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/** The one of `entries` that has this id, or else this name. */
export function named<T extends { readonly id: string; readonly name: string }>(
  entries: ReadonlyMap<string, T>,
  name: string,
  path: string,
): T {
  const found = entries.get(name) ?? [...entries.values()].find((entry) => entry.name === name);
  if (!found) throw validation(`'${path}' names '${name}', which is not in the domain`);
  return found;
}
