import { bytesOf, kindOf, tagOf, timeOf } from './kind';
import { codePoints, shorten } from './text';

/** A value in a few words for a message: its type, and short values as they are. Never throws, never long. */
export function describe(value: unknown, sensitive?: boolean): string {
  try {
    return inWords(value, sensitive);
  } catch {
    return 'an object';
  }
}

function inWords(value: unknown, sensitive?: boolean): string {
  const kind = kindOf(value);
  switch (kind) {
    case 'nothing':
    case 'null':
      return kind;
    case 'text':
      return sensitive
        ? `a text of ${codePoints(value as string)} characters`
        : JSON.stringify(shorten(value as string));
    case 'number':
    case 'boolean':
    case 'bigint':
      return sensitive ? `a ${kind}` : shorten(String(value));
    case 'list':
      return `a list of ${(value as unknown[]).length}`;
    case 'bytes':
      return `a Buffer of ${bytesOf(value as Uint8Array).length} bytes`;
    case 'date':
      return Number.isNaN(timeOf(value as object)) ? 'an invalid Date' : 'a Date';
    case 'record':
    case 'other':
      return typeof value === 'object' ? named(tagOf(value)) : `a ${typeof value}`;
    default:
      return named(tagOf(value));
  }
}

/** An object may give itself any tag, also a long one. */
const named = (tag: string): string =>
  tag === 'Object' || !/^[A-Za-z ]{1,30}$/.test(tag)
    ? 'an object'
    : `${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${tag}`;
