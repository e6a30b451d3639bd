import { CasesError } from '../errors/errors';
import type { DeliveryState, End, Recipient } from './delivery';
import type { DeliveryObserver } from './observing/observer';
import type { MessageStore, SentRequest, StoredMessage } from './store/message-store';
import type { Message } from './waiting/lane';

/** An end as a plain value, which can be written down. */
export type StoredEnd =
  | Exclude<End, { readonly error: CasesError }>
  | { readonly error: Pick<CasesError, 'code' | 'message' | 'details' | 'problem' | 'reason'> };

/** Messages ended in one go where many are; the event loop has a turn in between. */
export const endedAtOnce = 256;

/** What the store and the nodes are told of messages: above all the one end of each. */
export class Endings {
  readonly #store: MessageStore;
  readonly #recipient: Recipient;
  readonly #observer: DeliveryObserver;
  readonly #isLeaving: () => boolean;

  /** `isLeaving`: the delivery is closing, and the store has what did not end for the next. */
  constructor(
    store: MessageStore,
    recipient: Recipient,
    observer: DeliveryObserver,
    isLeaving: () => boolean,
  ) {
    this.#store = store;
    this.#recipient = recipient;
    this.#observer = observer;
    this.#isLeaving = isLeaving;
  }

  end(message: Message, end: End): void {
    if (message.caller) message.caller(end);
    else this.handOn(message.record, end);
  }

  /** Hands the end of a message of a node on; that it was closed is none where the next delivery goes on with it. */
  handOn(message: StoredMessage, end: End): void {
    if ('error' in end && end.error.code === 'CLOSED' && this.#isLeaving()) return;
    this.#observer.ended(message, end);
    const passedOn = this.#recipient.ended(message, end);
    if (passedOn) {
      this.#store.ended(message.id, toStored(end));
      void passedOn.then(() => this.#store.remove(message.id));
    } else this.#store.remove(message.id);
  }

  /** Resolves when the store knows that the messages are in doubt from now on, should the process end. */
  async sending(messages: readonly Message[], request: Omit<SentRequest, 'messages'>): Promise<void> {
    const kept = messages.filter(({ caller }) => !caller);
    if (kept.length === 0) return;
    const sent = kept.map(({ record: { id }, attempts }) => ({ id, attempts }));
    await this.#store.sending({ messages: sent, ...request });
  }

  /** The last request of these messages was surely not carried out. */
  notCarriedOut(messages: readonly Message[]): void {
    this.#store.notCarriedOut(messages.filter(({ caller }) => !caller).map(({ record }) => record.id));
  }

  /** Tells what messages are doing. */
  tell(messages: readonly { readonly record: StoredMessage }[], state: DeliveryState): void {
    for (const { record } of messages) if (record.nodeId) this.#recipient.doing(record.nodeId, state);
  }
}

function toStored(end: End): StoredEnd {
  if (!('error' in end)) return end;
  const { code, message, details, problem, reason } = end.error;
  return { error: { code, message, details, problem, reason } };
}

export function fromStored(end: StoredEnd): End {
  if (!('error' in end)) return end;
  const { code, message, details, problem, reason } = end.error;
  return { error: new CasesError(code, message, details, problem, reason) };
}
