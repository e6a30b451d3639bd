/** What the editor's tab asks the runtime about the queues, and what it gets: figures, what waits, what failed. */
import type { Overview } from './figures';
import type {
  DropRequest,
  FailuresChoice,
  FailuresPage,
  FailuresRequest,
  SendAgainRequest,
  SentAgain,
  WaitingPage,
  WaitingRequest,
} from './lists';

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
const overviewProblems = [
  /** No domain node of this id runs. */
  'noDomain',
  /** What was named is not there any more. */
  'notThere',
  /** The request is none of the editor's. */
  'notUnderstood',
  /** It names another origin than Node-RED's address: a reverse proxy has to hand on `Host` or `X-Forwarded-Host`. */
  'foreignPage',
] as const;
export type OverviewProblem = (typeof overviewProblems)[number];

/** The answer of an admin route: 200 with `found`, else with `problem`. */
export type OverviewAnswer<Found> = { readonly found: Found } | { readonly problem: OverviewProblem };
