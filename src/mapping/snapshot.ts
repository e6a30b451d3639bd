import { invalidInput } from '../errors/errors';
import { kindOf, timeOf } from '../model/kind';
import { enter, type Inside, partsOf, simplified } from './reading';

/** Members and entries in all that are read; no request has as many. What has more is refused without a look at them. */
const maxParts = 10_000;

/**
 * A plain copy of what a message holds: each member read once, members that are undefined left out, a Map as an
 * object, a Set or a typed array as a list, numbers for what stands for one. Dates, Buffers and other leaves stay as
 * they are. The copy can't change afterwards, so what was checked is what is sent. Throws `INVALID_INPUT` with the
 * path of what can't be copied: a getter that throws, an object that holds itself, more than anybody can send.
 */
export function snapshot(value: unknown, path: string): unknown {
  return new Copy(path).of(value, path, undefined);
}

class Copy {
  readonly #path: string;
  #parts = 0;

  constructor(path: string) {
    this.#path = path;
  }

  of(value: unknown, path: string, outer: Inside | undefined): unknown {
    const plain = simplified(value, path);
    const parts = partsOf(plain, path);
    if (!parts) return leaf(plain);
    this.#count(parts.count, path);
    const inside = enter(plain as object, path, outer);
    const copies: [string, unknown][] = [];
    for (const [name, place, content] of parts.each()) copies.push([name, this.of(content, place, inside)]);
    return parts.as === 'list'
      ? copies.map(([, content]) => content)
      : Object.fromEntries(copies.filter(([, content]) => content !== undefined));
  }

  #count(count: number, path: string): void {
    this.#parts += count;
    if (this.#parts <= maxParts) return;
    const alone = count > maxParts;
    throw invalidInput({
      path: alone ? path : this.#path,
      rule: 'items',
      params: { min: 0, max: maxParts, got: alone ? count : `more than ${maxParts}` },
    });
  }
}

function leaf(value: unknown): unknown {
  switch (kindOf(value)) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'date':
      return new Date(timeOf(value as object));
    default:
      return value;
  }
}
