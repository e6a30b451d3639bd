import type { DeliveryState, End, Recipient } from './delivery';
import type { DeliveryObserver } from './observing/observer';
import type { MessageStore } from './store/message-store';
import type { Message } from './waiting/message';

/** What the store and the nodes are told of messages: above all the one end of each. */
export class Endings {
  readonly #store: MessageStore;
  readonly #recipient: Recipient;
  readonly #observer: DeliveryObserver;

  constructor(store: MessageStore, recipient: Recipient, observer: DeliveryObserver) {
    this.#store = store;
    this.#recipient = recipient;
    this.#observer = observer;
  }

  end(message: Message, end: End): void {
    message.place = 'settled';
    if (message.caller) {
      message.caller(end);
      return;
    }
    this.#observer.ended(message, end);
    const passedOn = this.#recipient.ended(message, end);
    if (passedOn) void passedOn.then(() => this.#store.remove(message.id));
    else this.#store.remove(message.id);
  }

  /** Resolves when the store knows that the messages are in doubt from now on, should the process end. */
  async sending(messages: readonly Message[]): Promise<void> {
    const at = Date.now();
    const kept = messages.filter(({ caller }) => !caller);
    await Promise.all(kept.map(({ id, attempts }) => this.#store.sending(id, attempts, at)));
  }

  /** Tells what messages are doing. */
  tell(messages: readonly Message[], state: DeliveryState): void {
    for (const { caller, nodeId } of messages) if (!caller) this.#recipient.doing(nodeId, state);
  }
}
