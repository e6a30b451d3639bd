import type { DomainFigures, Overview } from '../../definition/overview/figures';
import type { FailuresPage, WaitingPage } from '../../definition/overview/lists';

/** What the tab shows; it is drawn anew from this alone. */
export interface State {
  /** Why there are no figures. */
  problem?: string | undefined;
  overview?: Overview;
  /** The runtime's clock less that of the browser, in milliseconds. */
  clockAhead: number;
  /** The node whose messages alone are shown. */
  nodeId?: string | undefined;
  /** Whether sensitive parts are shown as they are. */
  plain: boolean;
  /** What waits, by domain. */
  readonly waiting: Map<string, List<WaitingPage>>;
  readonly failures: List<FailuresPage>;
}

/** One page of a list, as it was when it was asked for. */
export interface List<Page> {
  skip: number;
  page?: Page | undefined;
  problem?: string | undefined;
  /** What decided how the list looked when it was asked for; something else: it is out of date. */
  seen?: string | undefined;
  /** Milliseconds since 1970. */
  askedAt: number;
}

/** Entries of a page: as many as a person looks through. */
export const pageSize = 20;

const emptyList = <Page>(): List<Page> => ({ skip: 0, askedAt: 0 });

export const newState = (): State => ({
  clockAhead: 0,
  plain: false,
  waiting: new Map(),
  failures: emptyList(),
});

/** The time by the runtime's clock, in milliseconds since 1970. */
export const runtimeNow = ({ clockAhead }: State): number => Date.now() + clockAhead;

/** Whether there is anything that lists could be about. */
export const hasLists = ({ domains, failures }: Overview): boolean => domains.length > 0 || failures > 0;

/** What waits for a domain, as far as it was asked for. */
export function waitingOf(state: State, domain: string): List<WaitingPage> {
  const list = state.waiting.get(domain) ?? emptyList();
  state.waiting.set(domain, list);
  return list;
}

/** What a list of what waits depends on. */
export const waitingSeen = ({ nodeId, plain }: State, { waiting, oldestAt }: DomainFigures): string =>
  JSON.stringify([nodeId, plain, waiting, oldestAt]);

/** What the list of what failed depends on. */
export const failuresSeen = ({ nodeId, plain, overview }: State): string =>
  JSON.stringify([
    nodeId,
    plain,
    overview?.failures,
    overview?.domains.reduce((sum, { failed }) => sum + failed, 0),
  ]);
