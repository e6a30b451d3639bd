import { comment } from '../../nodes/related-items/comment';
import { custom } from '../../nodes/related-items/custom';
import type { Values } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { toRequest } from '../../src/mapping/request';
import { median, type Result } from './local';

const count = 20_000;
const rounds = 15;

/** What a message holds, and how often its request may take the time that JSON takes for the message. */
const messages: readonly {
  readonly name: string;
  readonly item: RelatedItem;
  readonly values: Values;
  readonly most: number;
}[] = [
  {
    name: 'a comment',
    item: comment,
    values: { body: 'The pump in hall 3 has stopped at 81 °C.' },
    most: 2.5,
  },
  {
    name: 'a custom item of five fields',
    item: custom,
    values: {
      fields: { serial: 'A-1', celsius: 81.5, urgent: true, hall: 3, since: '2026-03-01T12:00:00Z' },
    },
    most: 4,
  },
];

/** Requests out of messages, beside the same messages written as JSON and read again. */
export async function reading(): Promise<Result[]> {
  return messages.map(({ name, item, values, most }) => {
    const source = { domainId: 'domain', caseId: '6b2f0f4e-7f3f-4a3c-9d59-6c7a7a1f0c11', values };
    const pairs = Array.from({ length: rounds + 1 }, () => ({
      json: microseconds(() => JSON.parse(JSON.stringify(source))),
      ours: microseconds(() => toRequest(item, source)),
    })).slice(1); // The first round warms both up.
    const ratio = median(pairs.map(({ json, ours }) => ours / json));
    return {
      name: `a request out of a message, ${name}`,
      plain: `${median(pairs.map(({ json }) => json)).toFixed(1)} µs for the message as JSON and back`,
      ours: `${median(pairs.map(({ ours }) => ours)).toFixed(1)} µs; median of ${rounds} rounds ${ratio.toFixed(2)} times that`,
      toReach: `at most ${most} times that`,
      reached: ratio <= most,
    };
  });
}

/** What one call of `work` takes. */
function microseconds(work: () => unknown): number {
  const began = performance.now();
  for (let call = 0; call < count; call += 1) work();
  return ((performance.now() - began) * 1000) / count;
}
