import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answer, arnOf, comment, ending, type Fate, setUp, socketError, throttled } from './fake-cases';

const keep = { repeat: 'keep' } as const;

describe('an item that the case has already', function () {
  this.timeout(120_000);
  it('is kept: nothing is sent, and the message gets it', async () => {
    const { time, cases, delivery } = setUp();
    ending(delivery.deliver(comment('hot')));
    await time.runAllAsync();
    await time.tickAsync(100_000);
    const kept = ending(delivery.deliver(comment('hot'), keep));
    await time.runAllAsync();
    assert.deepEqual(kept.value, {
      relatedItemId: 'item-1',
      relatedItemArn: arnOf('c1', 'item-1'),
      attempts: 0,
      verified: false,
      existing: true,
    });
    assert.equal(cases.items.length, 1);
  });

  it('is another one where its text, its author or its case differs', async () => {
    const { time, cases, delivery } = setUp();
    const by = (customEntity: string) => ({ ...comment('hot'), performedBy: { customEntity } });
    const requests = [comment('hot'), comment('hotter'), comment('hot', 'c2'), by('robot'), by('another')];
    for (const request of requests) ending(delivery.deliver(request, keep));
    await time.runAllAsync();
    assert.equal(cases.items.length, requests.length);
  });

  it('is found on whichever page it is', async () => {
    const { time, cases, delivery } = setUp();
    cases.pageSize = 2;
    for (let number = 0; number < 9; number += 1) ending(delivery.deliver(comment(`${number}`)));
    await time.runAllAsync();
    const kept = ending(delivery.deliver(comment('8'), keep));
    await time.runAllAsync();
    assert.equal(kept.value?.existing, true);
    assert.equal(cases.items.length, 9);
  });

  it('is known at once where it was added this way, though searches do not show it yet', async () => {
    const { time, cases, delivery } = setUp();
    cases.lagMs = 50_000;
    const ends = Array.from({ length: 5 }, () => ending(delivery.deliver(comment('hot'), keep)));
    await time.runAllAsync();
    assert.deepEqual(
      ends.map(({ value }) => value?.existing ?? false),
      [false, true, true, true, true],
    );
    assert.deepEqual([cases.items.length, cases.searches], [1, 1]);
  });

  it('is searched for in its turn: the order of the case stays', async () => {
    const { time, cases, delivery } = setUp();
    for (const [index, repeat] of (['add', 'keep', 'add', 'keep'] as const).entries()) {
      ending(delivery.deliver(comment(`${index}`), { repeat }));
    }
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['0', '1', '2', '3']);
  });

  it('is searched for again where the search fails, and an error where it is not allowed', async () => {
    const { time, cases, delivery } = setUp();
    const fates: Fate[] = [throttled(), '500', 'offline', socketError('ECONNRESET', 'read')];
    cases.fateOfSearch = (count) => fates[count - 1] ?? 'ok';
    const patient = ending(delivery.deliver(comment('hot'), keep));
    await time.runAllAsync();
    assert.ok(patient.value);
    cases.fateOfSearch = () => answer(403, 'AccessDeniedException');
    const denied = ending(delivery.deliver(comment('cold'), keep));
    await time.runAllAsync();
    assert.deepEqual([denied.error?.code, denied.error?.created], ['ACCESS_DENIED', 'no']);
    assert.match(denied.error?.message ?? '', /cases:SearchRelatedItems/);
    assert.equal(cases.items.length, 1);
  });

  it('is given up at the deadline and at the close, with nothing sent', async () => {
    for (const settings of [{ deadlineSeconds: 2 }, {}]) {
      const { time, cases, delivery } = setUp(settings);
      cases.fateOfSearch = () => answer(503, 'ServiceUnavailable');
      const end = ending(delivery.deliver(comment('hot'), keep));
      await time.tickAsync(3000);
      const closed = delivery.close(1);
      await time.runAllAsync();
      await closed;
      assert.equal(end.error?.code, 'deadlineSeconds' in settings ? 'EXPIRED' : 'CLOSED');
      assert.equal(end.error?.created, 'no');
      assert.deepEqual([cases.items.length, time.countTimers()], [0, 0]);
    }
  });

  it('is there once, whatever comes in whichever order, whatever is lost and however searches lag', async () => {
    const fate = fc.constantFrom<Fate>(
      'ok',
      'ok',
      'ok',
      'lost',
      'reset',
      '500',
      '500-after',
      'timeout',
      'offline',
    );
    const message = fc.record({
      body: fc.constantFrom('a', 'b', 'c'),
      caseId: fc.constantFrom('c1', 'c2'),
      afterMs: fc.constantFrom(0, 0, 1, 700, 9000, 70_000),
    });
    const run = fc.record({
      messages: fc.array(message, { minLength: 1, maxLength: 20, size: 'max' }),
      fates: fc.array(fate, { maxLength: 20, size: 'max' }),
      searchFates: fc.array(fate, { maxLength: 10 }),
      lagMs: fc.constantFrom(0, 100, 7000, 25_000),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ messages, fates, searchFates, lagMs }) => {
        const { time, cases, delivery } = setUp();
        cases.lagMs = lagMs;
        cases.fateOfCreate = (_request, count) => fates[count - 1] ?? 'ok';
        cases.fateOfSearch = (count) => searchFates[count - 1] ?? 'ok';
        const ends = [];
        for (const { body, caseId, afterMs } of messages) {
          await time.tickAsync(afterMs);
          ends.push(ending(delivery.deliver(comment(body, caseId), keep)));
        }
        await time.runAllAsync();
        assert.ok(ends.every(({ value }) => value));
        for (const caseId of ['c1', 'c2']) {
          const bodies = cases.bodies(caseId);
          assert.equal(new Set(bodies).size, bodies.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
