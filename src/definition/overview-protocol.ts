/** What the editor's tab asks the runtime about the queues, and what it gets: figures, what waits, what failed. */

/**
 * Path of the admin routes, below Node-RED's own admin root: `POST connect-cases/overview/<name>` with JSON, one for
 * each member of `OverviewAnswers`.
 */
export const overviewPath = 'connect-cases/overview';

/** Path of the same figures as OpenMetrics text: `GET`. */
export const metricsPath = 'connect-cases/metrics';

/** Topic of Node-RED's comms under which an `Overview` comes while somebody watches. */
export const overviewTopic = 'connect-cases/overview';

/** For how long a `watch` counts; who goes on watching asks again before. */
export const watchSeconds = 30;

/** What a domain node is doing; the first that fits. */
export const domainStates = [
  /** Something of it or of its credentials is missing or wrong: `problem` says what. */
  'notConfigured',
  /** It is disabled, or not deployed yet, or the flows are stopped. */
  'stopped',
  /** Somebody paused it. */
  'paused',
  /** The service can't be reached. */
  'offline',
  /** The service, or who gives keys, refused the last message for its keys or permissions: `problem` says why. */
  'refused',
  'busy',
  'idle',
] as const;
export type DomainState = (typeof domainStates)[number];

/** An error as `msg.casesError` has it. */
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
  /** Since when it is offline, refused or paused. */
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

/** Which page of a list. */
interface PageRequest {
  /** Entries to leave out. */
  readonly skip?: number;
  /** Entries to give at most, from 1 to 100. */
  readonly limit?: number;
  /** Sensitive parts (authors, SLA names) as they are, in place of dots; it takes the permission `flows.write`. */
  readonly plain?: boolean;
}

export interface WaitingRequest extends PageRequest {
  readonly domain: string;
}

/** What waits for one case, or for the same operation where the case is not known yet. */
export interface WaitingGroup {
  /** Names the group for `drop`. */
  readonly key: string;
  readonly caseId?: string;
  readonly title?: string;
  /** `CreateRelatedItem`, or the task of the first message: `find-or-create-case`. */
  readonly operation: string;
  readonly count: number;
  /** The first message, which came before all others. */
  readonly first: WaitingMessage;
}

export interface WaitingMessage {
  readonly id: string;
  readonly nodeId: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** What is sent, on one line, up to 200 characters; dots in place of what is sensitive. */
  readonly preview: string;
  /** Requests that were sent for it so far. */
  readonly attempts: number;
}

export interface WaitingPage {
  readonly groups: readonly WaitingGroup[];
  /** How many groups there are. */
  readonly total: number;
}

export type FailuresRequest = PageRequest;

/** A message that failed, or one whose node is gone, so that nobody was told how it ended. */
export interface FailureEntry {
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  readonly domain: string;
  readonly nodeId: string;
  /** `connect-cases-comment`; blank where it is not known any more. */
  readonly nodeType: string;
  readonly nodeName: string;
  /** Whether the node is there, so that it can be shown in its flow. */
  readonly hasNode: boolean;
  readonly operation: string;
  readonly caseId?: string;
  readonly title?: string;
  /** What was to be sent, on one line, up to 200 characters; dots in place of what is sensitive. */
  readonly preview: string;
  /** Left out: it was carried out, and its node was gone. */
  readonly error?: ErrorWords;
  /** What was done, where it was: the ARN of the item. */
  readonly outcome?: string;
  /**
   * `yes`; `ask`: it may have been carried out, so it may be there twice then; `no`: it was carried out, or too
   * little of it was kept.
   */
  readonly again: 'yes' | 'ask' | 'no';
}

export interface FailuresPage {
  /** Latest first. */
  readonly entries: readonly FailureEntry[];
  readonly total: number;
}

/** Which entries of the list of what failed. */
export interface FailuresChoice {
  readonly ids: readonly string[] | 'all';
}

/** What waits and is not to be sent: one message, all of a group, or all of the domain. */
export interface DropRequest {
  readonly domain: string;
  readonly what: { readonly message: string } | { readonly group: string } | 'all';
}

export interface SendAgainRequest extends FailuresChoice {
  /** Also those that may have been carried out already. */
  readonly evenTwice?: boolean;
}

/** What was sent again has left the list of what failed. */
export interface SentAgain {
  readonly sent: number;
  /** Those that may have been carried out already; they were left where they are unless `evenTwice` was asked for. */
  readonly inDoubt: readonly string[];
  /** Those that were not taken, each with why: the queue is full, the domain node is gone. */
  readonly refused: readonly { readonly id: string; readonly error: ErrorWords }[];
}

/** What each route takes. */
export interface OverviewRequests {
  figures: object;
  watch: object;
  waiting: WaitingRequest;
  failures: FailuresRequest;
  message: { readonly id: string; readonly plain?: boolean };
  pause: { readonly domain: string };
  resume: { readonly domain: string };
  drop: DropRequest;
  sendAgain: SendAgainRequest;
  dropFailures: FailuresChoice;
}

/** What each route answers, with the permission that it takes besides `connect-cases-domain.read`. */
export interface OverviewAnswers {
  /** The figures now. */
  figures: Overview;
  /** The figures now; for the next 30 seconds they also come by comms, as often as they change, once a second at most. */
  watch: Overview;
  /** What waits. `flows.read` */
  waiting: WaitingPage;
  /** What failed. `flows.read` */
  failures: FailuresPage;
  /** The message of an entry of the list of what failed, as JSON; dots in place of what is sensitive. `flows.read` */
  message: { readonly json: string };
  /** No message of the domain begins any more, until it is resumed; a deploy does not resume it. `flows.write` */
  pause: Overview;
  /** `flows.write` */
  resume: Overview;
  /** Messages that wait are ended with `DROPPED`; what is on its way is not. `flows.write` */
  drop: { readonly dropped: number };
  /** Accepts messages once more, for the same nodes. `flows.write` */
  sendAgain: SentAgain;
  /** Takes entries out of the list of what failed. `flows.write` */
  dropFailures: { readonly dropped: number };
}

export type OverviewRoute = keyof OverviewAnswers;

/** The permission that each route takes besides `connect-cases-domain.read`; `plain` takes `flows.write`, too. */
export const overviewPermissions = {
  figures: undefined,
  watch: undefined,
  waiting: 'flows.read',
  failures: 'flows.read',
  message: 'flows.read',
  pause: 'flows.write',
  resume: 'flows.write',
  drop: 'flows.write',
  sendAgain: 'flows.write',
  dropFailures: 'flows.write',
} as const satisfies Readonly<Record<OverviewRoute, 'flows.read' | 'flows.write' | undefined>>;

/** Why a route has nothing to give, for the editor to put into words; without the permission it is 401 or 403. */
export const overviewProblems = [
  /** No domain node of this id runs. */
  'noDomain',
  /** What was named is not there any more. */
  'notThere',
  /** The request is none of the editor's. */
  'notUnderstood',
] as const;
export type OverviewProblem = (typeof overviewProblems)[number];

/** The answer of an admin route: 200 with `found`, 404 or 400 with `problem`. */
export type OverviewAnswer<Found> = { readonly found: Found } | { readonly problem: OverviewProblem };
