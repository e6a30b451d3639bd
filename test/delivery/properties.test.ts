import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DeliverySettings } from '../../src/delivery/delivery';
import type { RelatedItemRequest } from '../../src/model/operations';
import { answer, comment, type Ending, ending, type Fate, setUp, throttled } from './fake-cases';

const fateWith = (...errors: (() => Error)[]): fc.Arbitrary<Fate> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Fate>('ok') },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Fate>('lost', 'reset', '500', '500-after', 'timeout', 'offline'),
    },
    fc.constantFrom(...errors).map((make) => make()),
  );
const unavailable = () => answer(503, 'ServiceUnavailable');
const fate = fateWith(throttled, unavailable, () => answer(404, 'ResourceNotFoundException'));
/** A case that an item was created on is known to reads sooner or later, as its items are. */
const searchFate = fateWith(throttled, unavailable);

const message = fc.record({
  body: fc.constantFrom('a', 'b', 'c'),
  caseId: fc.constantFrom('c1', 'c2', 'c3'),
  author: fc.constantFrom(undefined, 'robot'),
  merge: fc.boolean(),
  /** Which of two domain nodes of the process. */
  node: fc.nat(1),
  afterMs: fc.constantFrom(0, 0, 1, 30, 700, 5000),
});

const run = fc.record({
  messages: fc.array(message, { minLength: 1, maxLength: 25, size: 'max' }),
  fates: fc.array(fate, { maxLength: 30, size: 'max' }),
  searchFates: fc.array(searchFate, { maxLength: 10 }),
  /** How long requests take, in turn. */
  latenciesMs: fc.array(fc.constantFrom(20, 300, 3000), { minLength: 1, maxLength: 5 }),
  lagMs: fc.constantFrom(0, 100, 1500, 7000),
  rate: fc.constantFrom<DeliverySettings['rate']>('auto', 1, 50),
  seed: fc.integer(),
});
type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;

/** Carries out a run until everything has ended, or until `closeAtMs`. */
async function carryOut(
  { messages, fates, searchFates, latenciesMs, lagMs, rate, seed }: Run,
  settings: Partial<DeliverySettings> = {},
  closeAtMs?: number,
) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const { time, cases, delivery, another } = setUp({ rate, burst: 5, ...settings }, random);
  cases.lagMs = lagMs;
  cases.fateOfCreate = (_request, count) => {
    cases.latencyMs = latenciesMs[count % latenciesMs.length] ?? 20;
    return fates[count - 1] ?? 'ok';
  };
  cases.fateOfSearch = (count) => searchFates[count - 1] ?? 'ok';
  const deliveries = [delivery, another()];
  const endings: {
    request: RelatedItemRequest;
    end: Ending<{ relatedItemId: string; merged?: number }>;
  }[] = [];
  const close = () => Promise.all(deliveries.map((each) => each.close(2)));
  if (closeAtMs !== undefined) time.setTimeout(close, closeAtMs);
  for (const { afterMs, body, caseId, author, merge, node } of messages) {
    if (afterMs > 0) await time.tickAsync(afterMs);
    const request = {
      ...comment(body, caseId),
      ...(author !== undefined && { performedBy: { customEntity: author } }),
    };
    const promise = deliveries[node]?.deliver(request, { merge });
    if (promise) endings.push({ request, end: ending(promise) });
  }
  await time.runAllAsync();
  return { time, cases, endings, close };
}

const bodyOf = ({ content }: RelatedItemRequest): string => content?.comment?.body ?? '';

describe('delivery, whatever goes wrong', function () {
  this.timeout(120_000);
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
        for (const { end, request } of endings) {
          if (!end.value) continue;
          assert.equal(messagesByItem.get(end.value.relatedItemId), end.value.merged ?? 1);
          const item = cases.items.find(({ id }) => id === end.value?.relatedItemId);
          assert.equal(item?.request.caseId, request.caseId);
          assert.ok(item && bodyOf(item.request).split('\n\n').includes(bodyOf(request)));
        }
        const unknown = endings.filter(({ end }) => end.error?.created === 'unknown').length;
        assert.ok(cases.items.length >= messagesByItem.size);
        assert.ok(cases.items.length <= messagesByItem.size + unknown, 'nothing was created twice');
      }),
      { numRuns: 1500 },
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
      { numRuns: 500 },
    );
  });

  it('tells the truth about what was created, with any settings, also when it is closed at any moment', async () => {
    const settings = fc.record({
      ambiguous: fc.constantFrom<DeliverySettings['ambiguous']>('verify', 'verify', 'resend', 'fail'),
      deadlineSeconds: fc.constantFrom(0, 0, 3, 30),
      maxWaiting: fc.constantFrom(3, 10_000),
    });
    const closeAtMs = fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(run, settings, closeAtMs, async (each, settings, closeAtMs) => {
        const messages = each.messages.map((one, index) => ({
          ...one,
          merge: false,
          body: `${index}` as 'a',
        }));
        const { cases, endings, time, close } = await carryOut({ ...each, messages }, settings, closeAtMs);
        await close();
        assert.equal(time.countTimers(), 0);
        for (const { end, request } of endings) {
          const items = cases.bodies(request.caseId).filter((body) => body === bodyOf(request)).length;
          assert.ok(items <= 1 || settings.ambiguous === 'resend', 'created twice');
          assert.ok((end.value === undefined) !== (end.error === undefined), 'ended once');
          if (end.value) assert.ok(items > 0, 'lost');
          if (end.error?.created === 'no') assert.equal(items, 0);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
