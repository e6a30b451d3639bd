/** The figures of the queues, as the runtime tells them. */
import type { Reason } from '../../errors/reasons';
import type { Problem } from '../../model/schema';

/** What a domain node is doing; the first that fits. */
export const domainStates = [
  /** Something of it or of its credentials is missing or wrong: `problem` says what. */
  'notConfigured',
  /** It is disabled, or not deployed yet, or the flows are stopped. */
  'stopped',
  /** Somebody paused it. */
  'paused',
  /** The service can't be reached: `problem` says why. */
  'offline',
  /** Requests go out, and for some time none of an operation was answered as it should be: `problem` says how the last one ended. */
  'failing',
  /** The service, or who gives keys, refused the last message for its keys or permissions: `problem` says why. */
  'refused',
  'busy',
  'idle',
] as const;
export type DomainState = (typeof domainStates)[number];

/** Whether no message can come in: what waits was left on disk. */
export const isClosed = (state: DomainState): boolean => state === 'notConfigured' || state === 'stopped';

/** An error as `msg.casesError` has it, with what the editor needs to say it in its own language. */
export interface ErrorWords {
  /** One of the codes that a flow can branch on. */
  readonly code: string;
  /** What is wrong and what to do, in English; nothing secret, nothing sensitive. */
  readonly message: string;
  readonly created: 'no' | 'unknown';
  /** Whether the same message may succeed later without a change. */
  readonly retryable: boolean;
  /** Path of the member that is wrong. */
  readonly field?: string;
  /** Why, where that is known; never told to flows. */
  readonly reason?: Reason;
  /** What of the message is wrong, where that is known; never told to flows. */
  readonly problem?: Problem;
}

/** What one operation of the API is sent at. Only those that were sent in the last ten minutes. */
export interface OperationPace {
  /** `CreateRelatedItem` */
  readonly operation: string;
  /** Requests per second that there are to have, as far as was found out, or as the domain node is set. */
  readonly found: number;
  /** Whether it is found out. */
  readonly auto: boolean;
  /** Requests per second that were sent in the last 5 to 10 seconds. */
  readonly used: number;
}

/** The last ten minutes in steps, oldest first. */
export interface Samples {
  readonly stepSeconds: number;
  /** End of the last step, which may still be going on, in milliseconds since 1970. */
  readonly until: number;
  /** Requests that went out in each step, of all operations. */
  readonly sent: readonly number[];
  /** Those of them that the service refused because its quota was used up. */
  readonly refused: readonly number[];
  /** Messages that waited at the end of each step. */
  readonly waiting: readonly number[];
}

/** The figures of one domain node. All times in milliseconds since 1970. */
export interface DomainFigures {
  readonly id: string;
  /** As the user named it; blank: nothing. */
  readonly name: string;
  readonly state: DomainState;
  /** Since when it is offline, failing, refused or paused. */
  readonly since?: number;
  readonly problem?: ErrorWords;
  readonly store: 'disk' | 'memory';
  /** Messages that wait for their turn. */
  readonly waiting: number;
  /** Requests that are on their way, or are held back after a failure. */
  readonly inFlight: number;
  /** Requests whose answer was lost, and that are looked up. */
  readonly verifying: number;
  /** In the last hour. */
  readonly done: number;
  /** In the last hour. */
  readonly failed: number;
  /** When the oldest message that waits came. */
  readonly oldestAt?: number;
  /** That of the operation first that was sent most in the last ten minutes: beside it the others say little. */
  readonly paces: readonly OperationPace[];
  readonly samples: Samples;
}

export interface Overview {
  /** Now, by the runtime's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly domains: readonly DomainFigures[];
  /** How many entries the list of what failed has. */
  readonly failures: number;
}
