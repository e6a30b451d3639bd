import type { CreateRelatedItemCommandInput } from '@aws-sdk/client-connectcases';
import type { DeliveryRules } from '../definition/delivery-rules';

/** A request that has passed validation: nothing about it needs to be checked again. */
export type RelatedItemRequest = CreateRelatedItemCommandInput & { domainId: string; caseId: string };

/** How an item is delivered. */
export type ItemRules = DeliveryRules<'CreateRelatedItem'>;

/** The item that a message became. */
export interface Delivered {
  readonly relatedItemArn: string;
  readonly relatedItemId: string;
  /** Of the answer that created the item; absent where the item was found by a search. */
  readonly requestId?: string;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** The answer was lost and the item was found by looking it up. */
  readonly verified: boolean;
  /** How many messages went out as this one comment; absent where it was one. */
  readonly merged?: number;
}

/** What a message is doing until it is delivered. */
export type DeliveryState = 'waiting' | 'sending' | 'throttled' | 'offline';

export interface DeliverOptions {
  /** May go out together with other waiting comments of the same case. */
  readonly merge?: boolean;
  /** Told what the message is doing, whenever that changes. */
  readonly onState?: (state: DeliveryState) => void;
}

/** How a domain node wants its items delivered; the properties of the node, in its units. */
export interface DeliverySettings {
  /** Requests per second, or `auto`: find the account's pace. */
  readonly rate: 'auto' | number;
  /** Requests that may go out at once after a pause. */
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
  /** Creates the item, by the rules for its type. Rejects with a `CasesError` only. */
  deliver(rules: ItemRules, request: RelatedItemRequest, options?: DeliverOptions): Promise<Delivered>;
  /** Finishes what is in flight (up to `graceSeconds`), rejects what waits with `CLOSED`. */
  close(graceSeconds: number): Promise<void>;
}
