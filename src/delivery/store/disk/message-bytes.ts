import { DefaultSerializer, deserialize, serialize } from 'node:v8';
import { isPlain } from '../../../model/kind';

declare module 'node:v8' {
  interface DefaultSerializer {
    /** Writes a Buffer or another view. */
    _writeHostObject(view: ArrayBufferView): void;
  }
}

/** A larger message is kept as its request and `_msgid` alone. */
const maxBytes = 1024 * 1024;
/** Members that are looked at one by one, at most, to find those that can't be written down. */
const maxMembers = 10_000;
/** Objects inside each other: what is deeper can be written, but whoever reads it may run out of stack. */
const maxLevels = 500;
/** Shorter bytes hold no more levels than anybody can read. */
const shallowBytes = 4096;

/** A message written down, and whether something of it had to be left out. */
interface MessageBytes {
  readonly bytes: Uint8Array;
  readonly complete: boolean;
}

/**
 * A message as bytes, by the rules of structured clone: Buffers, Dates, Maps and circles stay what they are. What
 * can't be written down (functions, `req`, `res`, a Buffer over 1 MB) is left out. Never throws.
 */
export function toBytes(msg: unknown): MessageBytes {
  const whole = tryToWrite(msg);
  if (whole && canBeKept(whole, msg)) return { bytes: whole, complete: true };
  const rest = whole ? undefined : attempt(() => withoutUnwritable(msg));
  const part = rest ? tryToWrite(rest) : undefined;
  if (part && canBeKept(part, rest)) return { bytes: part, complete: false };
  return { bytes: serialize({ _msgid: messageId(msg) }), complete: false };
}

/** The message of `toBytes`. Throws for anything else. */
export const fromBytes = (bytes: Uint8Array): unknown => deserialize(bytes);

/** The bytes of a value; undefined where it can't be written down. */
export const tryToWrite = (value: unknown): Uint8Array | undefined =>
  attempt(() => {
    const serializer = new Serializer();
    serializer.writeHeader();
    serializer.writeValue(value);
    return serializer.releaseBuffer();
  });

/** As `serialize` does it, but a Buffer that is too large by itself is not copied first. */
class Serializer extends DefaultSerializer {
  override _writeHostObject(view: ArrayBufferView): void {
    if (view.byteLength > maxBytes) throw new RangeError('It is too large to be kept.');
    super._writeHostObject(view);
  }
}

const canBeKept = ({ byteLength }: Uint8Array, value: unknown): boolean =>
  byteLength <= maxBytes && (byteLength <= shallowBytes || attempt(() => isDeep(Object(value))) === false);

function isDeep(value: object, levels = maxLevels, seen = new Set<object>()): boolean {
  if (levels === 0) return true;
  seen.add(value);
  for (const part of value instanceof Map || value instanceof Set
    ? [...value].flat()
    : Object.values(value)) {
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part) || seen.has(part)) continue;
    if (isDeep(part, levels - 1, seen)) return true;
  }
  return false;
}

function messageId(msg: unknown): string | undefined {
  const id = attempt(() => (msg as { readonly _msgid?: unknown })._msgid);
  return typeof id === 'string' ? id : undefined;
}

/** A copy of plain objects and lists in which members that can't be written down are missing. Throws where they are too many. */
function withoutUnwritable(msg: unknown): unknown {
  const copies = new Map<object, unknown>();
  let left = maxMembers;
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return tryToWrite(value) && value;
    const known = copies.get(value);
    if (known) return known;
    const isList = attempt(() => Array.isArray(value));
    if (isList && (value as unknown[]).length > maxMembers) throw tooMany();
    const names = isList || attempt(() => isPlain(value)) ? attempt(() => Object.keys(value)) : undefined;
    if (!names) return tryToWrite(value) && value;
    const copied: unknown[] | Record<string, unknown> = isList ? [] : {};
    copies.set(value, copied);
    for (const name of names) {
      left -= 1;
      if (left < 0) throw tooMany();
      const given = attempt(() => (value as Record<string, unknown>)[name]);
      // What is left of an HTTP response answers nobody, and is not to be taken for one.
      const isOfHttp = value === msg && (name === 'req' || name === 'res');
      const content = isOfHttp ? tryToWrite(given) && given : copy(given);
      if (content !== undefined) (copied as Record<string, unknown>)[name] = content;
    }
    return copied;
  };
  return copy(msg);
}

const tooMany = () => new RangeError('It has too many members.');

/** What `act` gives; undefined where it throws, as a Proxy or a getter may, and whatever goes too deep. */
function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
