import { invalidInput } from '../errors/errors';
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
