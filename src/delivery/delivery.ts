import type { DeliveryRules } from '../definition/delivery-rules';
import type { CasesError } from '../errors/errors';
import type { Input, OperationName, Output } from '../model/operations';
import type { DeliveryView } from './observing/view';
import type { StoredMessage } from './store/message-store';

/** The answer to a message's request. */
export interface Delivered<Name extends OperationName = OperationName> {
  readonly output: Output<Name>;
  /** Of the answer; absent where the result was found by a search. */
  readonly requestId?: string;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** The answer was lost, and what the request made was found by a search. */
  readonly verified: boolean;
  /** Nothing was sent: the case had such an item already. */
  readonly existing?: true;
  /** How many messages went out as this one request; absent where it was one. */
  readonly merged?: number;
}

/** What a message is doing until it is delivered. */
export type DeliveryState = 'waiting' | 'sending' | 'throttled' | 'offline';

/** How a message has ended. */
export type End<Name extends OperationName = OperationName> =
  | { readonly delivered: Delivered<Name> }
  | { readonly error: CasesError };

/** Who passes results on: nodes, named by their ids, since a deploy or a restart may put others in their place. */
export interface Recipient {
  /** Takes the end of a message. Never throws; a promise resolves when the result has been passed on. */
  ended(message: StoredMessage, end: End): Promise<void> | undefined;
  /** Takes what a message of a node is doing, whenever that changes. Never throws. */
  doing(nodeId: string, state: DeliveryState): void;
}

/** A message as a node hands it over. */
export interface OutgoingMessage<Name extends OperationName = OperationName> {
  /** The node that passes its result on. */
  readonly nodeId: string;
  readonly msg: unknown;
  readonly rules: DeliveryRules<Name>;
  readonly input: Input<Name>;
  /** May go out together with other waiting messages, where the rules can merge them. */
  readonly merge?: boolean;
}

/** How a domain node wants its messages delivered; the properties of the node, in its units. */
export interface DeliverySettings {
  /** Items per second, or `auto`: find the account's pace. */
  readonly rate: 'auto' | number;
  /** Items that may go out at once after a pause. */
  readonly burst: number;
  /** Messages that may wait at once; one more is refused with `QUEUE_FULL`. */
  readonly maxWaiting: number;
  /** Seconds after which a message that still waits is given up with `EXPIRED`; 0: never. */
  readonly deadlineSeconds: number;
  /** Seconds that one request may take. */
  readonly timeoutSeconds: number;
  /** What to do when it is not known whether a request created its item. */
  readonly ambiguous: 'verify' | 'resend' | 'fail';
}

/** What stands between a valid request and its answer: one for each domain node. */
export interface Delivery {
  /** How many messages wait for their first request or the next. */
  readonly waiting: number;
  readonly view: DeliveryView;
  readonly state: 'idle' | 'busy' | 'offline' | 'closed';
  /**
   * Takes a message over and gives its id. The recipient is told its end, by its id and that of its node. Throws
   * `QUEUE_FULL` or `CLOSED`.
   */
  accept<Name extends OperationName>(message: OutgoingMessage<Name>): string;
  /**
   * Has one operation carried out for a function that waits for its answer. Rejects with a `CasesError` only. Both
   * ways by the rules: in order, at the pace of the operation's quota, repeated or verified where the answer is lost.
   */
  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>>;
  /** Finishes what is in flight (up to `graceSeconds`), rejects what waits with `CLOSED`. */
  close(graceSeconds: number): Promise<void>;
}
