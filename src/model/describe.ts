import { codePoints, shorten } from './text';

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

/** `path` followed by `name`, quoted where it would not read as a plain member. */
export function member(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${path}[${JSON.stringify(shorten(name))}]`;
  return path === '' ? name : `${path}.${name}`;
}
