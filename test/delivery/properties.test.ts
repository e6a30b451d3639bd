import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DeliverySettings } from '../../src/delivery/delivery';
import { answer, comment, type Ending, ending, type Fate, setUp, throttled } from './fake-cases';

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('ok') },
  fc.constantFrom<Fate>('lost', 'reset', '500', '500-after', 'timeout', 'offline'),
  fc
    .constantFrom<() => Error>(
      throttled,
      () => answer(503, 'ServiceUnavailable'),
      () => answer(404, 'ResourceNotFoundException'),
    )
    .map((make) => make()),
);

const message = fc.record({
  body: fc.constantFrom('a', 'b', 'c'),
  caseId: fc.constantFrom('c1', 'c2', 'c3'),
  merge: fc.boolean(),
  /** Which of two domain nodes of the process. */
  node: fc.nat(1),
  afterMs: fc.constantFrom(0, 0, 1, 30, 700, 5000),
});

const run = fc.record({
  messages: fc.array(message, { minLength: 1, maxLength: 25 }),
  fates: fc.array(fate, { maxLength: 30 }),
  searchFates: fc.array(fate, { maxLength: 10 }),
  lagMs: fc.constantFrom(0, 100, 1500, 7000),
  rate: fc.constantFrom<DeliverySettings['rate']>('auto', 1, 50),
  seed: fc.integer(),
});
type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;

/** Carries out a run until everything has ended, or until `closeAtMs`. */
async function carryOut({ messages, fates, searchFates, lagMs, rate, seed }: Run, closeAtMs?: number) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const { time, cases, delivery, another } = setUp({ rate, burst: 5 }, random);
  cases.lagMs = lagMs;
  cases.fateOfCreate = (_request, count) => fates[count - 1] ?? 'ok';
  cases.fateOfSearch = (count) => searchFates[count - 1] ?? 'ok';
  const deliveries = [delivery, another()];
  const endings: {
    caseId: string;
    body: string;
    node: number;
    end: Ending<{ relatedItemId: string; merged?: number }>;
  }[] = [];
  const close = () => Promise.all(deliveries.map((each) => each.close(2)));
  if (closeAtMs !== undefined) time.setTimeout(close, closeAtMs);
  for (const { afterMs, body, caseId, merge, node } of messages) {
    if (afterMs > 0) await time.tickAsync(afterMs);
    const promise = deliveries[node]?.deliver(comment(body, caseId), { merge });
    if (promise) endings.push({ caseId, body, node, end: ending(promise) });
  }
  await time.runAllAsync();
  return { time, cases, endings, close };
}

describe('delivery, whatever goes wrong', () => {
  it('ends every message once, and gives every item to one message or one merged group', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (each) => {
        const { cases, endings } = await carryOut(each);
        const messagesByItem = new Map<string, number>();
        for (const { end } of endings) {
          assert.ok((end.value === undefined) !== (end.error === undefined), 'ended once');
          if (!end.value) continue;
          const { relatedItemId } = end.value;
          messagesByItem.set(relatedItemId, (messagesByItem.get(relatedItemId) ?? 0) + 1);
        }
        for (const { end } of endings) {
          if (end.value) assert.equal(messagesByItem.get(end.value.relatedItemId), end.value.merged ?? 1);
        }
        const unknown = endings.filter(({ end }) => end.error?.created === 'unknown').length;
        assert.ok(cases.items.length >= messagesByItem.size);
        assert.ok(cases.items.length <= messagesByItem.size + unknown, 'nothing was created twice');
      }),
      { numRuns: 400 },
    );
  });

  it('keeps the order of each case and domain node', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (each) => {
        const messages = each.messages.map((one, index) => ({ ...one, body: `${one.node}:${index}` as 'a' }));
        const { cases } = await carryOut({ ...each, messages });
        for (const caseId of ['c1', 'c2', 'c3']) {
          const bodies = cases.bodies(caseId).flatMap((body) => body.split('\n\n'));
          for (const node of ['0', '1']) {
            const order = bodies.filter((body) => body.startsWith(node)).map((body) => Number(body.slice(2)));
            assert.deepEqual(
              order,
              order.toSorted((a, b) => a - b),
            );
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('tells the truth about what was created, also when it is closed at any moment', async () => {
    await fc.assert(
      fc.asyncProperty(run, fc.integer({ min: 0, max: 20_000 }), async (each, closeAtMs) => {
        const messages = each.messages.map((one, index) => ({
          ...one,
          merge: false,
          body: `${index}` as 'a',
        }));
        const { cases, endings, time, close } = await carryOut({ ...each, messages }, closeAtMs);
        await close();
        assert.equal(time.countTimers(), 0);
        for (const { end, body, caseId } of endings) {
          const items = cases.bodies(caseId).filter((each) => each === body).length;
          if (end.value) assert.equal(items, 1);
          else if (end.error?.created === 'no') assert.equal(items, 0);
          else assert.ok(end.error && items <= 1);
        }
      }),
      { numRuns: 400 },
    );
  });
});
