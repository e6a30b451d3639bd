import type { Endings } from '../endings';
import { dropped } from '../own-errors';
import { Fifo } from './fifo';
import { settledAtOnce } from './give-up';
import type { Message } from './message';

/** Messages that somebody does not want to be sent, until they have ended. */
export class Dropped {
  readonly #endings: Endings;
  readonly #messages = new Fifo<Message>();

  constructor(endings: Endings) {
    this.#endings = endings;
  }

  add(messages: readonly Message[]): void {
    for (const message of messages) this.#messages.push(message);
  }

  /** Ends some of them; true where there are more. */
  end(): boolean {
    for (let count = 0; count < settledAtOnce; count += 1) {
      const message = this.#messages.shift();
      if (message) this.#endings.end(message, { error: dropped() });
    }
    return this.#messages.size > 0;
  }
}
