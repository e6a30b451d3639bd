import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DeliveryState } from '../../src/delivery/delivery';
import { answer, comment, ending, type Fate, setUp, throttled } from './fake-cases';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('the queue', () => {
  it('sends one message of a case at a time, in the order in which they came', async () => {
    const { time, cases, delivery } = setUp();
    const all = ['a', 'b', 'c'].map((body) => ending(delivery.deliver(comment(body))));
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a', 'b', 'c']);
    assert.equal(cases.mostInFlight, 1);
    assert.deepEqual(
      all.map(({ value }) => value?.relatedItemId),
      ['item-1', 'item-2', 'item-3'],
    );
  });

  it('sends messages of different cases side by side, and takes turns between cases', async () => {
    const { time, cases, delivery } = setUp({ rate: 2, burst: 3 });
    for (const body of ['1', '2', '3']) void delivery.deliver(comment(`a${body}`, 'a'));
    void delivery.deliver(comment('b1', 'b'));
    await time.runAllAsync();
    assert.equal(cases.mostInFlight, 2);
    assert.deepEqual(cases.sent, ['a1', 'b1', 'a2', 'a3']);
  });

  it('begins no more messages than can be sent: the others wait, and can be given up or merged', async () => {
    const { time, cases, delivery } = setUp({ rate: 1, burst: 1 });
    for (let index = 0; index < 1000; index += 1)
      void delivery.deliver(comment('x', `c${index}`)).catch(() => {});
    await time.tickAsync(1);
    assert.equal(cases.creates, 1);
    assert.equal(delivery.waiting, 999);
    void delivery.close(0);
    await time.runAllAsync();
    assert.equal(cases.creates, 1);
  });

  it('takes a case named by its ARN for the same case', async () => {
    const { time, cases, delivery } = setUp();
    void delivery.deliver(comment('a', 'c1'));
    void delivery.deliver(comment('b', 'arn:aws:cases:eu-central-1:1:domain/d1/case/c1'));
    await time.runAllAsync();
    assert.equal(cases.mostInFlight, 1);
  });

  it('refuses one message more than may wait, and forgets none of the others', async () => {
    const { time, cases, delivery } = setUp({ maxWaiting: 2 });
    const all = ['a', 'b', 'c'].map((body) => ending(delivery.deliver(comment(body))));
    await time.runAllAsync();
    assert.equal(all[2]?.error?.code, 'QUEUE_FULL');
    assert.equal(all[2]?.error?.created, 'no');
    assert.deepEqual(cases.bodies(), ['a', 'b']);
  });

  it('says how many wait and what a message is doing', async () => {
    const { time, cases, delivery } = setUp({ rate: 1, burst: 1 });
    cases.fateOfCreate = (_request, count) => (count === 1 ? throttled() : 'ok');
    const states: DeliveryState[] = [];
    void delivery.deliver(comment('a'), { onState: (state) => states.push(state) });
    void delivery.deliver(comment('b'));
    assert.equal(delivery.waiting, 2);
    assert.equal(delivery.state, 'busy');
    await time.runAllAsync();
    assert.deepEqual(states, ['waiting', 'sending', 'throttled', 'sending']);
    assert.equal(delivery.waiting, 0);
    assert.equal(delivery.state, 'idle');
  });

  describe('with a deadline', () => {
    it('gives up what still waits, and nothing else', async () => {
      const { time, cases, delivery } = setUp({ deadlineSeconds: 5, rate: 0.1, burst: 1 });
      const [first, second] = ['a', 'b'].map((body) => ending(delivery.deliver(comment(body))));
      await time.tickAsync(4999);
      assert.deepEqual(second, {});
      await time.tickAsync(2);
      assert.equal(second?.error?.code, 'EXPIRED');
      assert.equal(second?.error?.created, 'no');
      assert.equal(first?.value?.relatedItemId, 'item-1');
      await time.runAllAsync();
      assert.deepEqual(cases.bodies(), ['a']);
    });

    it('that is further off than a timer of Node.js reaches, gives up then and not before', async () => {
      const days = (count: number) => count * 24 * 3600;
      const { time, cases, delivery } = setUp({ deadlineSeconds: days(30), rate: 1 / days(60), burst: 1 });
      const [, second] = ['a', 'b'].map((body) => ending(delivery.deliver(comment(body))));
      await time.tickAsync(1000 * days(29));
      assert.deepEqual(second, {});
      await time.tickAsync(1000 * days(1) + 1);
      assert.equal(second?.error?.code, 'EXPIRED');
      assert.deepEqual(cases.bodies(), ['a']);
    });

    it('does not know whether a message was created that was in doubt', async () => {
      const { time, cases, delivery } = setUp({ deadlineSeconds: 5 });
      cases.fateOfCreate = () => 'reset';
      const result = ending(delivery.deliver(comment('a')));
      await time.tickAsync(5001);
      assert.equal(result.error?.code, 'EXPIRED');
      assert.equal(result.error?.created, 'unknown');
    });

    const ways: readonly [way: string, first: Fate, repeat: 'add' | 'keep'][] = [
      ['at once', answer(400, 'ValidationException'), 'add'],
      ['after a search for what is there already', answer(400, 'ValidationException'), 'keep'],
      ['at the second attempt', throttled(), 'add'],
      ['after it was in doubt', '500', 'add'],
    ];
    for (const [way, first, repeat] of ways) {
      it(`that is far off, remembers nothing of messages that have ended ${way}`, async () => {
        const { time, cases, delivery } = setUp({ deadlineSeconds: 3600 });
        const last = answer(400, 'ValidationException');
        const unavailable = answer(503, 'ServiceUnavailableException');
        cases.fateOfCreate = ({ caseId }, count) =>
          caseId === 'stuck' ? unavailable : count <= 4 ? first : last;
        void delivery.deliver(comment('waits longer', 'stuck')).catch(() => {});
        const requests = ['a', 'b', 'c'].map((body) => {
          const request = comment(body, body);
          void delivery.deliver(request, { repeat }).catch(() => {});
          return new WeakRef(request);
        });
        await time.tickAsync(60_000);
        // A WeakRef holds what it was made of until the turn of the event loop is over.
        await new Promise(setImmediate);
        collectGarbage();
        assert.deepEqual(
          requests.map((request) => request.deref()),
          [undefined, undefined, undefined],
        );
      });
    }

    it('is that of each message again where they went out together and are put back', async () => {
      const { time, cases, delivery } = setUp({ deadlineSeconds: 5, rate: 0.25, burst: 1 });
      cases.latencyMs = 2500;
      cases.fateOfCreate = (_request, count) => (count === 1 ? 'ok' : throttled());
      void delivery.deliver(comment('first', 'elsewhere'));
      const early = ending(delivery.deliver(comment('a'), { merge: true }));
      await time.tickAsync(3000);
      const late = ending(delivery.deliver(comment('b'), { merge: true }));
      await time.tickAsync(4500);
      assert.deepEqual(cases.sent.at(-1), 'a\n\nb');
      assert.equal(early.error?.code, 'EXPIRED');
      assert.deepEqual(late, {});
      await time.tickAsync(501);
      assert.equal(late.error?.code, 'EXPIRED');
    });
  });

  describe('when it is closed', () => {
    it('finishes what is in flight and gives back what waits', async () => {
      const { time, cases, delivery } = setUp();
      const [first, second] = ['a', 'b'].map((body) => ending(delivery.deliver(comment(body))));
      await time.tickAsync(5);
      const closed = ending(delivery.close(10));
      await time.runAllAsync();
      assert.equal(first?.value?.relatedItemId, 'item-1');
      assert.equal(second?.error?.code, 'CLOSED');
      assert.equal(second?.error?.created, 'no');
      assert.ok('value' in closed);
      assert.deepEqual(cases.bodies(), ['a']);
      assert.equal(time.countTimers(), 0);
    });

    it('takes nothing more', async () => {
      const { delivery } = setUp();
      await delivery.close(0);
      await assert.rejects(delivery.deliver(comment('late')), { code: 'CLOSED', created: 'no' });
    });

    it('gives up what takes longer than the time to finish', async () => {
      const { time, cases, delivery } = setUp();
      cases.latencyMs = 60_000;
      const result = ending(delivery.deliver(comment('a')));
      await time.tickAsync(5);
      const closed = ending(delivery.close(3));
      await time.tickAsync(3000);
      assert.equal(result.error?.code, 'CLOSED');
      assert.equal(result.error?.created, 'unknown');
      assert.ok('value' in closed);
      assert.equal(time.countTimers(), 0);
    });

    it('still looks up an item whose answer was lost', async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = () => 'lost';
      const result = ending(delivery.deliver(comment('a')));
      await time.tickAsync(100);
      void delivery.close(10);
      await time.runAllAsync();
      assert.equal(result.value?.verified, true);
    });

    for (const ambiguous of ['resend', 'verify'] as const) {
      it(`sends nothing again, with "${ambiguous}" where look-ups are not permitted`, async () => {
        const { time, cases, delivery } = setUp({ ambiguous });
        cases.fateOfCreate = () => 'reset';
        cases.fateOfSearch = () => answer(403, 'AccessDeniedException');
        const result = ending(delivery.deliver(comment('a')));
        await time.tickAsync(25);
        void delivery.close(10);
        await time.runAllAsync();
        assert.equal(result.error?.code, 'CLOSED');
        assert.equal(result.error?.created, 'unknown');
        assert.equal(cases.creates, 1);
        assert.ok(time.now < 1000);
      });
    }
  });
});
