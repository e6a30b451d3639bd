import { comment } from '../../nodes/related-items/comment';
import { custom } from '../../nodes/related-items/custom';
import type { Values } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { toRequest } from '../../src/mapping/request';
import { median, type Result } from './local';

const rounds = 15;

/** Work of ours beside other work on the same data. */
interface Comparison {
  readonly name: string;
  readonly ours: () => unknown;
  /** For a request: writing its message as JSON and reading that again. */
  readonly other: { readonly name: string; readonly work: () => unknown };
  /** Calls in a round. */
  readonly calls: number;
  /** How often ours may take the time of the other. */
  readonly most: number;
}

/** What the request of a message takes, and the refusal of one that is far too big. */
export const reading = async (): Promise<Result[]> =>
  [
    requestOf('a comment', comment, { body: 'The pump in hall 3 has stopped at 81 °C.' }, 2.5),
    requestOf('a custom item of five fields', custom, { fields: fiveFields }, 4),
    refusalOf(Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [`key ${index}`, index]))),
  ].map(compared);

const fiveFields = { serial: 'A-1', celsius: 81.5, urgent: true, hall: 3, since: '2026-03-01T12:00:00Z' };

const sourceOf = (values: Values) => ({
  domainId: 'domain',
  caseId: '6b2f0f4e-7f3f-4a3c-9d59-6c7a7a1f0c11',
  values,
});

function requestOf(what: string, item: RelatedItem, values: Values, most: number): Comparison {
  const source = sourceOf(values);
  return {
    name: `a request out of a message, ${what}`,
    ours: () => toRequest(item, source),
    other: { name: 'JSON', work: () => JSON.parse(JSON.stringify(source)) },
    calls: 20_000,
    most,
  };
}

function refusalOf(fields: object): Comparison {
  const source = sourceOf({ fields });
  return {
    name: 'the refusal of an object of a million keys',
    ours: () => {
      try {
        toRequest(custom, source);
      } catch {
        return;
      }
      throw new Error('It was not refused.');
    },
    other: { name: 'keys alone', work: () => Object.keys(fields) },
    calls: 1,
    most: 1.3,
  };
}

function compared({ name, ours, other, calls, most }: Comparison): Result {
  const pairs = Array.from({ length: rounds + 1 }, () => ({
    other: microseconds(other.work, calls),
    ours: microseconds(ours, calls),
  })).slice(1); // The first round warms both up.
  const times = (of: 'other' | 'ours') => `${median(pairs.map((pair) => pair[of])).toFixed(1)} µs`;
  const ratio = median(pairs.map((pair) => pair.ours / pair.other));
  return {
    name,
    beside: other.name,
    plain: times('other'),
    ours: `${times('ours')}; median of ${rounds} rounds ${ratio.toFixed(2)} times that`,
    toReach: `at most ${most} times that`,
    reached: ratio <= most,
  };
}

/** What one call of `work` takes. */
function microseconds(work: () => unknown, calls: number): number {
  const began = performance.now();
  for (let call = 0; call < calls; call += 1) work();
  return ((performance.now() - began) * 1000) / calls;
}
