import { invalidInput } from '../errors/errors';
import { describe, member } from '../model/describe';
import { isPlain, kindOf, unboxed } from '../model/kind';

/** Objects inside objects; no text that a comment can hold is nested deeper. */
const maxDepth = 100;

/** An object that is being read, and the one that it was found in. */
export interface Inside {
  readonly value: object;
  readonly path: string;
  readonly depth: number;
  readonly outer: Inside | undefined;
}

/** What an object, a list, a Map, a Set or a typed array holds; each part is read when its turn comes. */
export interface Parts {
  readonly as: 'record' | 'list';
  readonly count: number;
  each(): Iterable<Part>;
}
type Part = readonly [name: string, path: string, content: unknown];

/** Goes into an object. Throws `INVALID_INPUT` where it holds itself, or is nested too deep. */
export function enter(value: object, path: string, outer: Inside | undefined): Inside {
  let outermost = path;
  for (let around = outer; around; around = around.outer) {
    outermost = around.path;
    if (around.value === value) {
      throw invalidInput({ path: around.path, rule: 'circular', params: { got: path } });
    }
  }
  const depth = (outer?.depth ?? 0) + 1;
  if (depth > maxDepth) throw unreadable(outermost, `nested more than ${maxDepth} levels deep`);
  return { value, path, depth, outer };
}

/** What a wrapper stands for: `new String('x')`, or an object that says by `toJSON` what it is. Others as they are. */
export function simplified(value: unknown, path: string): unknown {
  const kind = kindOf(value);
  if (kind === 'boxed') return unboxed(value as object);
  if (kind === 'promise') ignoreRejection(value as Promise<unknown>);
  if (kind !== 'record') return value;
  return readAt(path, () => {
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? toJSON.call(value, '') : value;
  });
}

/** The parts of `value`, or undefined where it is a leaf: also an object that shows nothing, such as a generator. */
export function partsOf(value: unknown, path: string): Parts | undefined {
  switch (kindOf(value)) {
    case 'list':
    case 'numbers':
      return listParts(value as ArrayLike<unknown>, path);
    case 'set':
      return iterated(sizeOfSet.call(value), Set.prototype.values.call(value), path);
    case 'map':
      return mapParts(value as Map<unknown, unknown>, path);
    case 'record':
      return recordParts(value as object, path);
    default:
      return undefined;
  }
}

function listParts(list: ArrayLike<unknown>, path: string): Parts {
  const count = readAt(path, () => list.length);
  return {
    as: 'list',
    count,
    *each() {
      for (let index = 0; index < count; index += 1) {
        const place = `${path}[${index}]`;
        yield [String(index), place, readAt(place, () => list[index])];
      }
    },
  };
}

const iterated = (count: number, contents: Iterable<unknown>, path: string): Parts => ({
  as: 'list',
  count,
  *each() {
    let index = 0;
    for (const content of contents) {
      yield [String(index), `${path}[${index}]`, content];
      index += 1;
    }
  },
});

/** A Map is like an object where its keys can be names, else a list of pairs. */
function mapParts(map: Map<unknown, unknown>, path: string): Parts {
  const count = sizeOfMap.call(map);
  const entries = (): Iterable<[unknown, unknown]> => Map.prototype.entries.call(map);
  for (const [key] of entries()) {
    if (typeof key !== 'string' && typeof key !== 'number') return iterated(count, entries(), path);
  }
  return {
    as: 'record',
    count,
    *each() {
      for (const [key, content] of entries()) yield [String(key), member(path, String(key)), content];
    },
  };
}

function recordParts(record: object, path: string): Parts | undefined {
  const names = readAt(path, () => Object.keys(record));
  if (names.length === 0 && !isPlain(record)) return undefined;
  return {
    as: 'record',
    count: names.length,
    *each() {
      for (const name of names) {
        const place = member(path, name);
        yield [name, place, readAt(place, () => (record as Record<string, unknown>)[name])];
      }
    },
  };
}

const sizeOfMap = getterOf(Map.prototype, 'size');
const sizeOfSet = getterOf(Set.prototype, 'size');

function getterOf(prototype: object, name: string): () => number {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => number;
}

/** Runs a getter or a method of what came in. Throws `INVALID_INPUT` with `path` where that throws, whatever it throws. */
export function readAt<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw unreadable(path, reason(cause));
  }
}

/** A Promise in a message is refused; that it rejects later must not end Node-RED, which nobody else might see to. */
function ignoreRejection(promise: Promise<unknown>): void {
  try {
    Promise.prototype.then.call(promise, undefined, () => undefined);
  } catch {
    // Not a Promise, although it calls itself one.
  }
}

/** An object whose members matter, rather than a list or a leaf such as a Date or a Buffer. */
export const isRecord = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'record';

/** `INVALID_INPUT` for a value that can't be read, with the reason. What is `sensitive` gets none that may repeat it. */
export const unreadable = (path: string, cause: unknown, sensitive = false) =>
  invalidInput({
    path,
    rule: 'unreadable',
    params: {
      got: sensitive ? 'the reason is not shown, since it may repeat the value' : describe(reason(cause)),
    },
  });

/** The text of whatever was thrown, else that itself; JSONata throws plain objects. Never throws. */
export function reason(cause: unknown): unknown {
  try {
    const { message } = cause as { readonly message?: unknown };
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
