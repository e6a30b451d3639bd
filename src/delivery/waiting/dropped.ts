import type { Endings } from '../endings';
import { dropped } from '../own-errors';
import type { StoredMessage } from '../store/message-store';
import { Fifo } from './fifo';
import { settledAtOnce } from './give-up';

/** Messages that somebody does not want to be sent, until they have ended. */
export class Dropped {
  readonly #endings: Endings;
  readonly #messages = new Fifo<StoredMessage>();

  constructor(endings: Endings) {
    this.#endings = endings;
  }

  add(messages: readonly StoredMessage[]): void {
    for (const message of messages) this.#messages.push(message);
  }

  /** Ends some of them; true where there are more. */
  end(): boolean {
    for (let count = 0; count < settledAtOnce; count += 1) {
      const message = this.#messages.shift();
      if (message) this.#endings.handOn(message, { error: dropped(message.doubt ? 'unknown' : 'no') });
    }
    return this.#messages.size > 0;
  }
}
