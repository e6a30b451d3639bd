import type { CasesError } from '../../errors/errors';
import type { OperationName } from '../../model/operations';
import type { Failing } from '../channel/answers';
import type { StoredMessage } from '../store/message-store';

/** The pace at which requests of one operation go. */
export interface PaceView {
  readonly operation: OperationName;
  /** Requests per second that there are to have, as far as is known. */
  readonly perSecond: number;
}

/** Messages that wait and go out one after the other, the oldest first. */
export interface WaitingList {
  /** What they have in common, such as a case; undefined where a message waits for no other. */
  readonly key: string | undefined;
  messages(): Iterable<StoredMessage>;
}

/** What a delivery is doing right now, and the switches for it. */
export interface DeliveryView {
  /** Messages of nodes that wait: for their turn, or for that of a request of theirs. */
  readonly waiting: number;
  /** Requests whose fate is not known yet, or that are held back, without those that are verified. */
  readonly inFlight: number;
  /** Requests whose answer was lost, and that are looked up. */
  readonly verifying: number;
  /** Since when the service can't be reached, in milliseconds since 1970. */
  readonly offlineSince: number | undefined;
  /** Why it can't. */
  readonly offlineBy: CasesError | undefined;
  /** How requests fail that reach the service, where they have been failing for some time. */
  readonly failing: Failing | undefined;
  readonly paused: boolean;
  /** The paces of the operations that were sent so far. */
  paces(): readonly PaceView[];
  /** When the oldest message that waits was accepted, in milliseconds since 1970. */
  oldestAt(): number | undefined;
  /** All that waits; walked through while nothing else happens. */
  lists(): Iterable<WaitingList>;
  /** When a message was accepted, in milliseconds since 1970. */
  cameAt(message: StoredMessage): number;
  /** No message begins any more; what is under way goes on. */
  pause(): void;
  resume(): void;
  /** Whether what waits survives a crash, as far as is known now. */
  readonly durable: boolean;
  /**
   * Ends those waiting messages that `meant` wants with `DROPPED`; gives how many. Those that went out as one and are in
   * doubt stay where it does not want all of them.
   */
  drop(meant: (message: StoredMessage, key: string | undefined) => boolean): number;
}
