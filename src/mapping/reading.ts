import { invalidInput } from '../errors/errors';
import { isPlain, kindOf, unboxed } from '../model/kind';
import { member } from '../model/path';
import { unreadable } from './unreadable';

/** Objects inside objects; no text that a comment can hold is nested deeper. */
const maxDepth = 100;

/** Where a value of a message is. Its path is made only when something is wrong there. */
export class Place {
  /** How many objects are around it. */
  readonly depth: number;
  readonly #name: string | number;
  readonly #holder: object | undefined;
  readonly #outer: Place | undefined;

  /** The place of a whole, by its path; or of a part, by its name or its index in `holder`, which is at `outer`. */
  constructor(name: string | number, holder?: object, outer?: Place) {
    this.#name = name;
    this.#holder = holder;
    this.#outer = outer;
    this.depth = outer ? outer.depth + 1 : 0;
  }

  /** `comment.body.readings[0]` */
  get path(): string {
    const name = this.#name;
    if (!this.#outer) return String(name);
    return typeof name === 'number' ? `${this.#outer.path}[${name}]` : member(this.#outer.path, name);
  }

  /** Goes into the object here. Throws `INVALID_INPUT` where it is one of those around it, or nested too deep. */
  enter(object: object): void {
    let outermost: Place = this;
    for (let place = this as Place; place.#outer; place = place.#outer) {
      outermost = place.#outer;
      if (place.#holder === object) {
        throw invalidInput({ path: outermost.path, rule: 'circular', params: { got: this.path } });
      }
    }
    if (this.depth >= maxDepth) throw unreadable(outermost.path, `nested more than ${maxDepth} levels deep`);
  }
}

/** What an object, a list, a Map, a Set or a typed array holds. */
export class Parts {
  readonly place: Place;
  readonly count: number;
  /** What the parts are called; those of a list are not. */
  readonly names: readonly string[] | undefined;
  readonly #holder: object;
  readonly #next: () => unknown;

  constructor(holder: object, place: Place, count: number, next: () => unknown, names?: readonly string[]) {
    this.place = place;
    this.count = count;
    this.names = names;
    this.#holder = holder;
    this.#next = next;
  }

  placeOf(index: number): Place {
    return new Place(this.names?.[index] ?? index, this.#holder, this.place);
  }

  /** The part whose turn it is: each is read once. Throws `INVALID_INPUT` with its place where it can't be read. */
  read(place: Place): unknown {
    return simplified(readAt(place, this.#next), place);
  }
}

/** What a wrapper stands for: `new String('x')`, or an object that says by `toJSON` what it is. Others as they are. */
export function simplified(value: unknown, place: Place): unknown {
  const kind = kindOf(value);
  if (kind === 'boxed') return unboxed(value as object);
  if (kind === 'promise') ignoreRejection(value as Promise<unknown>);
  if (kind !== 'record') return value;
  return readAt(place, () => {
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? toJSON.call(value, '') : value;
  });
}

/**
 * The parts of `value`, or undefined where it is a leaf: also an object that shows nothing, such as a generator.
 * Throws `INVALID_INPUT` where it holds itself, is nested too deep or can't be read.
 */
export function partsOf(value: unknown, place: Place): Parts | undefined {
  switch (kindOf(value)) {
    case 'list':
    case 'numbers':
      return listParts(value as ArrayLike<unknown> & object, place);
    case 'set':
      return setParts(value as Set<unknown>, place);
    case 'map':
      return mapParts(value as Map<unknown, unknown>, place);
    case 'record':
      return recordParts(value as Record<string, unknown>, place);
    default:
      return undefined;
  }
}

function listParts(list: ArrayLike<unknown> & object, place: Place): Parts {
  place.enter(list);
  const count = readAt(place, () => list.length);
  let index = 0;
  return new Parts(list, place, count, () => list[index++]);
}

function setParts(set: Set<unknown>, place: Place): Parts {
  place.enter(set);
  const contents: Iterator<unknown> = Set.prototype.values.call(set);
  return new Parts(set, place, sizeOfSet.call(set), () => contents.next().value);
}

/** A Map is like an object where its keys can be names, else a list of pairs. */
function mapParts(map: Map<unknown, unknown>, place: Place): Parts {
  place.enter(map);
  const count = sizeOfMap.call(map);
  const names: string[] = [];
  for (const key of Map.prototype.keys.call(map)) {
    if (typeof key !== 'string' && typeof key !== 'number') {
      const pairs = Map.prototype.entries.call(map);
      return new Parts(map, place, count, () => pairs.next().value);
    }
    names.push(String(key));
  }
  const contents: Iterator<unknown> = Map.prototype.values.call(map);
  return new Parts(map, place, count, () => contents.next().value, names);
}

/**
 * V8 has no way to list some of the keys of a large object, nor to count them: `for … in` and `Object.keys` take 0.3 µs
 * for each that there is, which is all that the refusal of such an object takes.
 */
function recordParts(record: Readonly<Record<string, unknown>>, place: Place): Parts | undefined {
  place.enter(record);
  const names = readAt(place, () => Object.keys(record));
  if (names.length === 0 && !isPlain(record)) return undefined;
  let index = 0;
  return new Parts(record, place, names.length, () => record[names[index++] as string], names);
}

const sizeOfMap = getterOf(Map.prototype, 'size');
const sizeOfSet = getterOf(Set.prototype, 'size');

function getterOf(prototype: object, name: string): () => number {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => number;
}

/** Runs a getter or a method of what came in. Throws `INVALID_INPUT` with its place where that throws, whatever it throws. */
export function readAt<Result>(place: Place, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw unreadable(place.path, cause);
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
