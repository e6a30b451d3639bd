import type { DomainFigures, DomainState, ErrorWords } from '../../definition/overview/figures';
import { plainWords } from './error-words';

/** The figures of a domain as a flow gets them. */
export interface Report {
  readonly domain: string;
  readonly state: DomainState;
  /** Since when it is paused, offline, failing or refused, in milliseconds since 1970. */
  readonly since?: number;
  readonly offline: boolean;
  readonly paused: boolean;
  /** Why nothing goes on, where nothing does. */
  readonly problem?: ErrorWords;
  readonly store: DomainFigures['store'];
  readonly waiting: number;
  /** How long the oldest message has been waiting; 0: none waits. */
  readonly oldestSeconds: number;
  readonly inFlight: number;
  readonly verifying: number;
  /** Messages in the last hour. */
  readonly done: number;
  readonly failed: number;
  /** Requests in the last ten minutes, and those of them that were refused since the quota was used up. */
  readonly sent: number;
  readonly refused: number;
  /** Requests per second of the operation that was sent most in the last ten minutes. */
  readonly pace: { readonly found: number; readonly used: number } | null;
}

export function reportOf(figures: DomainFigures): Report {
  const { id, state, since, problem, store, waiting, oldestAt, inFlight, verifying, done, failed } = figures;
  const { samples, paces } = figures;
  const [pace] = paces;
  return {
    domain: id,
    state,
    ...(since !== undefined && { since }),
    offline: state === 'offline',
    paused: state === 'paused',
    ...(problem && { problem: plainWords(problem) }),
    ...{ store, waiting },
    oldestSeconds: oldestAt === undefined ? 0 : Math.max(0, Math.round((Date.now() - oldestAt) / 1000)),
    ...{ inFlight, verifying, done, failed },
    sent: sum(samples.sent),
    refused: sum(samples.refused),
    pace: pace ? { found: pace.found, used: pace.used } : null,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
