/**
 * What a value from a message is, as far as reading it goes. A function node runs in a realm of its own, where each
 * built-in class is another one, so `instanceof` says no to all that it makes: this looks at the value itself.
 */
export type Kind =
  | 'nothing'
  | 'null'
  | 'text'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'date'
  | 'pattern'
  | 'bytes'
  | 'numbers'
  | 'list'
  | 'map'
  | 'set'
  | 'error'
  | 'promise'
  | 'boxed'
  /** An object whose members matter. */
  | 'record'
  /** A function, a symbol, an object that nothing can be read from. */
  | 'other';

/** The kind of any value. Never throws. */
export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return 'text';
    case 'number':
    case 'boolean':
    case 'bigint':
      return typeof value as 'number';
    case 'object':
      try {
        return value === null ? 'null' : kindOfObject(value);
      } catch {
        // A proxy that was revoked, or one with a trap that throws.
        return 'other';
      }
    default:
      return 'other';
  }
}

function kindOfObject(value: object): Kind {
  if (Array.isArray(value)) return 'list';
  if (isPlain(value)) return 'record';
  if (ArrayBuffer.isView(value)) return elementBytes(value) === 1 ? 'bytes' : 'numbers';
  const kind = kindByTag[tagOf(value)];
  return kind && (isGenuine[kind]?.(value) ?? true) ? kind : 'record';
}

/** A DataView has no elements: its bytes count one by one. */
const elementBytes = (view: ArrayBufferView & { readonly BYTES_PER_ELEMENT?: number }): number =>
  view.BYTES_PER_ELEMENT ?? 1;

/** `Map` for a Map of any realm; an object may give itself any tag. */
export const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const kindByTag: Readonly<Partial<Record<string, Kind>>> = {
  Date: 'date',
  RegExp: 'pattern',
  ArrayBuffer: 'bytes',
  SharedArrayBuffer: 'bytes',
  Map: 'map',
  Set: 'set',
  Error: 'error',
  DOMException: 'error',
  Promise: 'promise',
  String: 'boxed',
  Number: 'boxed',
  Boolean: 'boxed',
  BigInt: 'boxed',
};

/** What only a value of the kind can do, whatever an object calls itself. */
const isGenuine: Readonly<Partial<Record<Kind, (value: object) => boolean>>> = {
  date: (value) => can(() => Date.prototype.getTime.call(value)),
  map: (value) => can(() => Map.prototype.has.call(value, undefined)),
  set: (value) => can(() => Set.prototype.has.call(value, undefined)),
  bytes: (value) => can(() => new DataView(value as ArrayBuffer)),
  boxed: (value) => can(() => unboxed(value)),
};

function can(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/** What `new String('x')` and its like stand for. */
export function unboxed(value: object): string | number | boolean | bigint {
  switch (tagOf(value)) {
    case 'String':
      return String.prototype.valueOf.call(value);
    case 'Number':
      return Number.prototype.valueOf.call(value);
    case 'Boolean':
      return Boolean.prototype.valueOf.call(value);
    default:
      return BigInt.prototype.valueOf.call(value);
  }
}

/** The bytes of a Buffer, an ArrayBuffer or a view of one; not a copy. */
export const bytesOf = (value: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);

/** The time of a Date of any realm, in milliseconds since 1970; NaN for an invalid one. */
export const timeOf = (date: object): number => Date.prototype.getTime.call(date);

/** Made by `{}` or `Object.create(null)` in any realm, rather than by a class. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
