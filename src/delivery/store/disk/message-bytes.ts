import { deserialize, serialize } from 'node:v8';
import { isPlain } from '../../../model/kind';

/** A larger message is kept as its request and `_msgid` alone. */
const maxBytes = 1024 * 1024;
/** Members that are looked at one by one, at most, to find those that can't be written down. */
const maxMembers = 10_000;

/** A message written down, and whether something of it had to be left out. */
export interface MessageBytes {
  readonly bytes: Uint8Array;
  readonly complete: boolean;
}

/**
 * A message as bytes, by the rules of structured clone: Buffers, Dates, Maps and circles stay what they are. What
 * can't be written down (functions, `req`, `res`) is left out. Never throws.
 */
export function toBytes(msg: unknown): MessageBytes {
  const whole = tryToWrite(msg);
  if (whole && whole.byteLength <= maxBytes) return { bytes: whole, complete: true };
  const part = whole ? undefined : tryToWrite(withoutUnwritable(msg));
  if (part && part.byteLength <= maxBytes) return { bytes: part, complete: false };
  return { bytes: serialize({ _msgid: messageId(msg) }), complete: false };
}

/** The message of `toBytes`. Throws for anything else. */
export const fromBytes = (bytes: Uint8Array): unknown => deserialize(bytes);

/** The bytes of a value; undefined where it can't be written down. */
export function tryToWrite(value: unknown): Uint8Array | undefined {
  try {
    return serialize(value);
  } catch {
    return undefined;
  }
}

function messageId(msg: unknown): string | undefined {
  try {
    const { _msgid } = msg as { _msgid?: unknown };
    return typeof _msgid === 'string' ? _msgid : undefined;
  } catch {
    return undefined;
  }
}

/** A copy of plain objects and lists in which members that can't be written down are missing. */
function withoutUnwritable(msg: unknown): unknown {
  const copies = new Map<object, unknown>();
  let left = maxMembers;
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return tryToWrite(value) && value;
    const known = copies.get(value);
    if (known) return known;
    if (!Array.isArray(value) && !isPlain(value)) return tryToWrite(value) && value;
    const copied: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
    copies.set(value, copied);
    for (const name of Object.keys(value)) {
      left -= 1;
      if (left < 0) break;
      const content = copy(read(value, name));
      if (content !== undefined) (copied as Record<string, unknown>)[name] = content;
    }
    return copied;
  };
  return copy(msg);
}

function read(from: object, name: string): unknown {
  try {
    return (from as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}
