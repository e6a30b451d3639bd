import { type DomainFigures, domainStates } from '../../../definition/overview/figures';
import type { Totals } from '../counting/totals';

/** What one domain node has to tell. */
export interface DomainMetrics {
  readonly figures: DomainFigures;
  readonly totals: Totals;
}

/** A number, with what tells it apart from the others of its family besides the domain. */
interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Numbers of one kind, as Prometheus calls it. */
export interface Family {
  /** Of a counter without `_total`. */
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  samples(of: DomainMetrics): readonly Sample[];
}

const ofType =
  (type: Family['type']) =>
  (name: string, help: string, samples: Family['samples']): Family => ({
    name: `connect_cases_${name}`,
    type,
    help,
    samples,
  });
const gauge = ofType('gauge');
const counter = ofType('counter');

const one = (value: number): readonly Sample[] => [{ value }];
const each = (label: string, counts: ReadonlyMap<string, number>): readonly Sample[] =>
  [...counts].map(([key, value]) => ({ labels: { [label]: key }, value }));

/** All that is told, by the conventions of Prometheus: units in names, counters that only grow. */
export const families: readonly Family[] = [
  gauge('waiting_messages', 'Messages that wait for their turn.', ({ figures }) => one(figures.waiting)),
  gauge(
    'oldest_waiting_message_age_seconds',
    'How long the oldest message that waits has been waiting.',
    ({ figures }) =>
      one(figures.oldestAt === undefined ? 0 : Math.max(0, Date.now() - figures.oldestAt) / 1000),
  ),
  gauge(
    'in_flight_requests',
    'Requests that are on their way, or are held back after a failure.',
    ({ figures }) => one(figures.inFlight),
  ),
  gauge('verifying_requests', 'Requests whose answer was lost, and that are looked up.', ({ figures }) =>
    one(figures.verifying),
  ),
  gauge('pace_requests_per_second', 'Requests per second that there are to have.', ({ figures }) =>
    figures.paces.map(({ operation, found }) => ({ labels: { operation }, value: found })),
  ),
  gauge('domain_state', 'What the domain is doing: 1 for its state, 0 for all others.', ({ figures }) =>
    domainStates.map((state) => ({ labels: { state }, value: figures.state === state ? 1 : 0 })),
  ),
  counter('accepted_messages', 'Messages that were accepted.', ({ totals }) => one(totals.accepted)),
  counter('delivered_messages', 'Messages that were carried out.', ({ totals }) => one(totals.done)),
  counter('failed_messages', 'Messages that ended with an error, by its code.', ({ totals }) =>
    each('code', totals.failed),
  ),
  counter('sent_requests', 'Requests that went out, by operation of the API.', ({ totals }) =>
    each('operation', totals.sent),
  ),
  counter(
    'throttled_requests',
    'Requests that the service refused because its quota was used up.',
    ({ totals }) => each('operation', totals.refused),
  ),
];
