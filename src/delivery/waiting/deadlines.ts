import { Heap } from '../time/heap';
import type { Message } from './lane';

/** When waiting messages are given up. */
export class Deadlines {
  readonly #messages = new Heap<Message>(({ deadline }) => deadline);

  /** When the first message is due; infinity: never. */
  get nextAt(): number {
    return this.#messages.peek()?.deadline ?? Number.POSITIVE_INFINITY;
  }

  /** The first message, if it is due. */
  due(now: number): Message | undefined {
    return this.nextAt <= now ? this.#messages.peek() : undefined;
  }

  /** A message waits. */
  add(message: Message): void {
    if (message.deadline !== Number.POSITIVE_INFINITY) message.due = this.#messages.push(message);
  }

  /** It waits no more: nothing is remembered of it. */
  remove(message: Message): void {
    if (message.due) this.#messages.remove(message.due);
    message.due = undefined;
  }
}
