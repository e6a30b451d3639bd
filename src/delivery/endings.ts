import { CasesError } from '../errors/errors';
import type { DeliveryState, End, Recipient } from './delivery';
import type { DeliveryObserver } from './observing/observer';
import type { MessageStore, SentRequest, StoredMessage } from './store/message-store';
import type { Claims } from './verify/claims';
import type { Message } from './waiting/lane';

/** An end as a plain value, which can be written down. */
export type StoredEnd =
  | Exclude<End, { readonly error: CasesError }>
  | { readonly error: Pick<CasesError, 'code' | 'message' | 'details' | 'problem' | 'reason'> };

/** Messages ended in one go where many are; the event loop has a turn in between. */
export const endedAtOnce = 256;

interface EndingsContext {
  readonly store: MessageStore;
  readonly recipient: Recipient;
  readonly observer: DeliveryObserver;
  readonly claims: Claims;
  /** The delivery is closing, and the store has what did not end for the next. */
  readonly isLeaving: () => boolean;
}

/** What the store and the nodes are told of messages: above all the one end of each. */
export class Endings {
  readonly #context: EndingsContext;

  constructor(context: EndingsContext) {
    this.#context = context;
  }

  end(message: Message, end: End): void {
    if (message.caller) message.caller(end);
    else this.handOn(message.record, end);
  }

  /** Hands the end of a message of a node on; that it was closed is none where the next delivery goes on with it. */
  handOn(message: StoredMessage, end: End): void {
    const { store, recipient, observer, claims, isLeaving } = this.#context;
    if ('error' in end && end.error.code === 'CLOSED' && isLeaving()) return;
    claims.release(message.id);
    observer.ended(message, end);
    const passedOn = recipient.ended(message, end);
    if (passedOn) {
      store.ended(message.id, toStored(end));
      void passedOn.then(() => store.remove(message.id));
    } else store.remove(message.id);
  }

  /** Resolves when the store knows that the messages are in doubt from now on, should the process end. */
  async sending(messages: readonly Message[], request: Omit<SentRequest, 'messages'>): Promise<void> {
    const kept = messages.filter(({ caller }) => !caller);
    if (kept.length === 0) return;
    const sent = kept.map(({ record: { id }, attempts }) => ({ id, attempts }));
    await this.#context.store.sending({ messages: sent, ...request });
  }

  /** The last request of these messages was surely not carried out. */
  notCarriedOut(messages: readonly Message[]): void {
    const kept = messages.filter(({ caller }) => !caller);
    this.#context.store.notCarriedOut(kept.map(({ record }) => record.id));
  }

  /** Tells what messages are doing. */
  tell(messages: readonly { readonly record: StoredMessage }[], state: DeliveryState): void {
    for (const { record } of messages) if (record.nodeId) this.#context.recipient.doing(record.nodeId, state);
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
