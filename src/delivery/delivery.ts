import type { DeliveryRules } from '../definition/delivery-rules';
import type { CasesError } from '../errors/errors';
import type { Input, OperationName, Output } from '../model/operations';
import type { DeliveryView } from './observing/view';
import type { StoredMessage } from './store/message-store';

/** The answer to a message's request. */
export interface Delivered<Name extends OperationName = OperationName> {
  readonly output: Output<Name>;
  /** The request as it was sent, with ids in place of names; where it was for several messages, that of all. */
  readonly input: Input<Name>;
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

/** How a message has ended: with the answer to its request, what its task resolved with, or why neither came. */
export type End<Name extends OperationName = OperationName> =
  | { readonly delivered: Delivered<Name> }
  | { readonly result: unknown }
  | { readonly error: CasesError };

/**
 * A short function over several operations that is carried out for a message. It may run again from its beginning:
 * after a restart, or where a deploy came in between.
 */
export interface Task {
  /** Names it for ever: what was kept under this name is carried out by the task of this name. */
  readonly task: string;
  /** Resolves with the result for the message's node. Rejects with a `CasesError`. */
  run(input: unknown, context: TaskContext): Promise<unknown>;
}

/** What a task has of its message and of the delivery that carries it out. */
export interface TaskContext {
  /** The message's: unique for ever, and the same whenever the task runs again, as a `clientToken` has to be. */
  readonly id: string;
  /** As `Delivery.deliver`, but given up when the message is. */
  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>>;
  /** Why the message is given up, once it has waited too long. */
  late(): CasesError | undefined;
}

/**
 * Where a node is: `running`; `away` while it is part of the flows but does not run, as in a disabled flow; `gone`
 * once it is in no flow any more.
 */
type Whereabouts = 'running' | 'away' | 'gone';

/** Who passes results on: nodes, named by their ids, since a deploy or a restart may put others in their place. */
export interface Recipient {
  /** Tells where a node is; left out: all run. Messages of one that is away wait until it runs again, where a store keeps them. */
  whereabouts?(nodeId: string): Whereabouts;
  /** Told that a message of an earlier run goes on. Never throws. */
  resumed?(nodeId: string): void;
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

/** A message that a task is carried out for. */
export interface OutgoingTask {
  /** The node that passes its result on. */
  readonly nodeId: string;
  readonly msg: unknown;
  readonly task: Task;
  /** Plain, so that it can be kept: all that the task needs, even where the node is gone. */
  readonly input: unknown;
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
  accept<Name extends OperationName>(message: OutgoingMessage<Name> | OutgoingTask): string;
  /**
   * Has one operation carried out for a function that waits for its answer. Rejects with a `CasesError` only. Both
   * ways by the rules: in order, at the pace of the operation's quota, repeated or verified where the answer is lost.
   * It is never refused for want of space, since what it is for has its space already.
   */
  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>>;
  /** To be called after each deploy: other nodes run now, so some messages may go on and others have to wait. */
  nodesChanged(): void;
  /**
   * Finishes what is in flight (up to `graceSeconds`). What waits stays in the store, for the next delivery of the
   * domain node; where the store keeps nothing, it is rejected with `CLOSED`.
   */
  close(graceSeconds: number): Promise<void>;
}
