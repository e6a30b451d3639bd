import { Heap } from '../time/heap';
import type { Message } from './lane';

/** Settled messages are taken out once there are at least so many. */
const worthTidying = 1024;

/** When messages are given up. */
export class Deadlines {
  readonly #messages = new Heap<Message>(({ deadline }) => deadline);
  #tidyAt = worthTidying;

  /** When the first message is due; infinity: never. */
  get nextAt(): number {
    return this.#messages.peek()?.deadline ?? Number.POSITIVE_INFINITY;
  }

  add(message: Message): void {
    if (message.deadline === Number.POSITIVE_INFINITY) return;
    this.#messages.push(message);
    if (this.#messages.size < this.#tidyAt) return;
    this.#messages.filter(({ place }) => place !== 'settled');
    this.#tidyAt = 2 * this.#messages.size + worthTidying;
  }

  /** Takes out the first message if it is due. */
  takeDue(now: number): Message | undefined {
    for (let message = this.#messages.peek(); message; message = this.#messages.peek()) {
      if (message.place !== 'settled' && message.deadline > now) return undefined;
      this.#messages.shift();
      if (message.place !== 'settled') return message;
    }
    return undefined;
  }
}
