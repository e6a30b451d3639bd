import { invalidInput, reason } from '../errors/errors';
import { describe } from '../model/describe';
import { bytesOf, type Kind, kindOf, timeOf } from '../model/kind';
import { type Parts, Place, partsOf, readAt, simplified } from './reading';

/** Errors that stand behind an error, which are told with it. */
const maxCauses = 5;

/**
 * What people read of a value: a text as it is, a number, a date as ISO 8601, bytes as UTF-8, an error as its message
 * and what caused it; any other object or list as indented JSON. A value that has no text comes back as it is; one
 * inside of an object raises `INVALID_INPUT` with its path. No more is read than gives `enough` UTF-16 units, so a text
 * that is longer than that need not be whole.
 */
export function textOf(value: unknown, path: string, enough: number): unknown {
  const place = new Place(path);
  const plain = simplified(value, place);
  const parts = partsOf(plain, place);
  if (!parts) return leafText(plain, place, enough) ?? plain;
  const json = new Json(enough);
  json.writeParts(parts);
  return json.text;
}

/** The text of a value without parts, or undefined where it has none. */
function leafText(value: unknown, place: Place, enough: number): string | undefined {
  switch (kindOf(value)) {
    case 'text':
      return value as string;
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'date': {
      const time = timeOf(value as object);
      return Number.isNaN(time) ? undefined : new Date(time).toISOString();
    }
    case 'pattern':
      return readAt(place, () => RegExp.prototype.toString.call(value));
    case 'bytes':
      return decoded(bytesOf(value as Uint8Array), place, enough);
    case 'error':
      return errorText(value as object, place, 0);
    default:
      return undefined;
  }
}

const bareInJson: ReadonlySet<Kind> = new Set(['number', 'boolean', 'bigint']);

/** Indented JSON as `JSON.stringify` writes it, until there is enough of it. */
class Json {
  readonly #enough: number;
  readonly #written: string[] = [];
  #length = 0;

  constructor(enough: number) {
    this.#enough = enough;
  }

  get text(): string {
    return this.#written.join('');
  }

  writeParts(parts: Parts): void {
    const [open, close] = parts.names ? ['{', '}'] : ['[', ']'];
    const indent = '  '.repeat(parts.place.depth);
    let separator = '';
    this.#write(open);
    for (let index = 0; index < parts.count; index += 1) {
      if (this.#length > this.#enough) return;
      const place = parts.placeOf(index);
      const value = parts.read(place);
      const name = parts.names?.[index];
      if (name !== undefined && value === undefined) continue;
      this.#write(`${separator}\n${indent}  `);
      separator = ',';
      if (name !== undefined) this.#write(`${this.#quoted(name)}: `);
      this.#writeValue(value, place);
    }
    this.#write(separator === '' ? close : `\n${indent}${close}`);
  }

  #writeValue(value: unknown, place: Place): void {
    const parts = partsOf(value, place);
    if (parts) {
      this.writeParts(parts);
      return;
    }
    if (value === undefined || value === null) {
      this.#write('null');
      return;
    }
    const text = leafText(value, place, this.#enough);
    if (text === undefined) {
      throw invalidInput({ path: place.path, rule: 'textless', params: { got: describe(value) } });
    }
    this.#write(bareInJson.has(kindOf(value)) ? text : this.#quoted(text));
  }

  #quoted(text: string): string {
    return JSON.stringify(text.slice(0, this.#enough + 1).toWellFormed());
  }

  #write(text: string): void {
    this.#written.push(text);
    this.#length += text.length;
  }
}

/** Enough of `bytes` as text. Throws `INVALID_INPUT` where they are not UTF-8. */
function decoded(bytes: Uint8Array, place: Place, enough: number): string {
  const refuse = (why: string) =>
    invalidInput({ path: place.path, rule: 'utf8', params: { got: `${describe(bytes)}${why}` } });
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw refuse(' that begins as UTF-16 does');
  }
  // A UTF-16 unit has three bytes at most; what is cut off may begin in the middle of a character.
  const some = bytes.subarray(0, 3 * (enough + 1));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(some, { stream: some.length < bytes.length });
  } catch {
    throw refuse('');
  }
}

/** `Pump stopped: no power`: the message, or else the name, and those of the errors behind it. */
function errorText(error: object, place: Place, level: number): string {
  const read = (name: string): unknown => readAt(place, () => (error as Record<string, unknown>)[name]);
  const texts = [read('message'), read('name')].filter((text) => typeof text === 'string' && text !== '');
  const own = String(texts[0] ?? 'Error');
  if (level >= maxCauses) return own;
  const errors = level === 0 ? read('errors') : undefined;
  const behind = [read('cause'), ...(Array.isArray(errors) ? errors.slice(0, maxCauses) : [])];
  const causes = behind
    .map((cause) =>
      kindOf(cause) === 'error' ? errorText(cause as object, place, level + 1) : reason(cause),
    )
    .filter((cause) => typeof cause === 'string' && cause !== '');
  return causes.length === 0 ? own : `${own}: ${causes.join('; ')}`;
}
