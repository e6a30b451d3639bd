import type { DeliveryRules } from '../definition/delivery-rules';
import type { Input, OperationName, Output } from '../model/operations';

/** The answer to a message's request. */
export interface Delivered<Name extends OperationName = OperationName> {
  readonly output: Output<Name>;
  /** Of the answer; absent where the result was found by a search. */
  readonly requestId?: string;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** The answer was lost, and what the request made was found by a search. */
  readonly verified: boolean;
  /** How many messages went out as this one request; absent where it was one. */
  readonly merged?: number;
}

/** What a message is doing until it is delivered. */
export type DeliveryState = 'waiting' | 'sending' | 'throttled' | 'offline';

export interface DeliverOptions {
  /** May go out together with other waiting messages, where the rules can merge them. */
  readonly merge?: boolean;
  /** Told what the message is doing, whenever that changes. */
  readonly onState?: (state: DeliveryState) => void;
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
  readonly state: 'idle' | 'busy' | 'offline' | 'closed';
  /**
   * Has one operation carried out, by its rules: in its order, at the pace of its quota, repeated or verified where the
   * answer is lost. Rejects with a `CasesError` only.
   */
  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
    options?: DeliverOptions,
  ): Promise<Delivered<Name>>;
  /** Finishes what is in flight (up to `graceSeconds`), rejects what waits with `CLOSED`. */
  close(graceSeconds: number): Promise<void>;
}
