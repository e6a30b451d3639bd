import { invalidInput } from '../errors/errors';
import { kindOf, timeOf } from '../model/kind';
import { type Parts, Place, partsOf, simplified } from './reading';

/** Members and entries in all that are read; no request has as many. What has more is refused without a look at them. */
const maxParts = 10_000;

/**
 * A plain copy of what a message holds: each member read once, members that are undefined left out, a Map as an
 * object, a Set or a typed array as a list, numbers for what stands for one. Dates, Buffers and other leaves stay as
 * they are. The copy can't change afterwards, so what was checked is what is sent. Throws `INVALID_INPUT` with the
 * path of what can't be copied: a getter that throws, an object that holds itself, more than anybody can send.
 */
export function snapshot(value: unknown, path: string): unknown {
  const place = new Place(path);
  return new Copy(path).of(simplified(value, place), place);
}

class Copy {
  readonly #path: string;
  #parts = 0;

  constructor(path: string) {
    this.#path = path;
  }

  of(value: unknown, place: Place): unknown {
    const parts = partsOf(value, place);
    if (!parts) return leaf(value);
    this.#count(parts);
    return parts.names ? this.#record(parts, parts.names) : this.#list(parts);
  }

  #record(parts: Parts, names: readonly string[]): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) {
      const content = this.#part(parts, index);
      if (content !== undefined) setMember(record, name, content);
    }
    return record;
  }

  #list(parts: Parts): unknown[] {
    const list: unknown[] = [];
    for (let index = 0; index < parts.count; index += 1) list.push(this.#part(parts, index));
    return list;
  }

  #part(parts: Parts, index: number): unknown {
    const place = parts.placeOf(index);
    return this.of(parts.read(place), place);
  }

  #count({ count, place }: Parts): void {
    this.#parts += count;
    if (this.#parts <= maxParts) return;
    const alone = count > maxParts;
    throw invalidInput({
      path: alone ? place.path : this.#path,
      rule: 'items',
      params: { min: 0, max: maxParts, got: alone ? count : `more than ${maxParts}` },
    });
  }
}

/** Also one that is called `__proto__`, which an assignment would take for something else. */
function setMember(record: Record<string, unknown>, name: string, content: unknown): void {
  if (name !== '__proto__') record[name] = content;
  else
    Object.defineProperty(record, name, {
      value: content,
      enumerable: true,
      writable: true,
      configurable: true,
    });
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
