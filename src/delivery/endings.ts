import type { DeliveryState, End, Recipient } from './delivery';
import type { MessageStore } from './store/message-store';
import type { Message } from './waiting/message';

/** The one end of every message. */
export class Endings {
  readonly #store: MessageStore;
  readonly #recipient: Recipient;

  constructor(store: MessageStore, recipient: Recipient) {
    this.#store = store;
    this.#recipient = recipient;
  }

  end(message: Message, end: End): void {
    message.place = 'settled';
    if (message.caller) {
      message.caller(end);
      return;
    }
    const passedOn = this.#recipient.ended(message, end);
    if (passedOn) void passedOn.then(() => this.#store.remove(message.id));
    else this.#store.remove(message.id);
  }

  /** Tells what a message is doing. */
  tell({ caller, nodeId }: Message, state: DeliveryState): void {
    if (!caller) this.#recipient.doing(nodeId, state);
  }
}
