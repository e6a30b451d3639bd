import assert from 'node:assert/strict';
import type { DeliveryObserver } from '../../src/delivery/observing/observer';
import { comment, ending, setUp, throttled } from './fake-cases';

describe('what can be seen of a delivery', () => {
  /** An observer that writes down what it is told. */
  function recorder() {
    const told: string[] = [];
    const observer: DeliveryObserver = {
      accepted: () => told.push('accepted'),
      sent: (operation) => told.push(`sent ${operation}`),
      refused: (operation) => told.push(`refused ${operation}`),
      ended: (_message, end) => told.push('error' in end ? end.error.code : 'delivered'),
    };
    return { told, observer };
  }

  it('is each message and each request, as it comes and ends', async () => {
    const { told, observer } = recorder();
    const { time, cases, delivery } = setUp({}, undefined, observer);
    cases.fateOfCreate = (_request, count) => (count === 1 ? throttled() : 'ok');
    void delivery.deliver(comment('a'));
    await time.runAllAsync();
    assert.deepEqual(told, [
      'accepted',
      'sent CreateRelatedItem',
      'refused CreateRelatedItem',
      'sent CreateRelatedItem',
      'delivered',
    ]);
  });

  it('is what waits, by case, with the oldest first', async () => {
    const { delivery } = setUp();
    for (const body of ['a1', 'a2']) void delivery.deliver(comment(body, 'a')).catch(() => {});
    void delivery.deliver(comment('b1', 'b')).catch(() => {});
    const lists = [...delivery.view.lists()].map((list) => [
      list.key,
      ...[...list.messages()].map(({ input }) => input),
    ]);
    assert.deepEqual(lists, [
      ['a', comment('a1', 'a'), comment('a2', 'a')],
      ['b', comment('b1', 'b')],
    ]);
  });

  it('is how many are on their way, and how many of them are looked up', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'lost';
    void delivery.deliver(comment('a')).catch(() => {});
    await time.tickAsync(1);
    assert.deepEqual([delivery.view.inFlight, delivery.view.verifying], [1, 0]);
    await time.tickAsync(cases.latencyMs + 1);
    assert.deepEqual([delivery.view.inFlight, delivery.view.verifying], [0, 1]);
  });

  it('is since when the service can not be reached, and that it can again', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = (_request, count) => (count === 1 ? 'offline' : 'ok');
    assert.equal(delivery.view.offlineSince, undefined);
    void delivery.deliver(comment('a'));
    await time.tickAsync(cases.latencyMs + 1);
    assert.equal(typeof delivery.view.offlineSince, 'number');
    await time.runAllAsync();
    assert.equal(delivery.view.offlineSince, undefined);
  });

  describe('whose requests fail', () => {
    it('is how, and since when, once it is more than a moment', async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = () => 'reset';
      cases.fateOfSearch = () => 'reset';
      const failing = () => delivery.view.failing;
      const before = Date.now();
      void delivery.deliver(comment('a')).catch(() => {});
      await time.tickAsync(cases.latencyMs + 1);
      assert.equal(failing(), undefined);
      await time.tickAsync(30_000);
      const { since, error } = failing() ?? assert.fail();
      assert.ok(since >= before && since <= Date.now());
      assert.deepEqual([error.code, error.reason?.key], ['NETWORK', 'broken']);
      assert.equal(delivery.view.offlineSince, undefined);
      cases.fateOfSearch = () => 'ok';
      cases.fateOfCreate = () => 'ok';
      await time.runAllAsync();
      assert.equal(failing(), undefined);
    });

    it('is told to the node of the message, also while that is looked up', async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = () => 'reset';
      cases.fateOfSearch = () => 'reset';
      let told = 0;
      const onState = () => {
        if (delivery.view.failing) told += 1;
      };
      void delivery.deliver(comment('a'), { onState }).catch(() => {});
      await time.tickAsync(30_000);
      assert.ok(cases.creates === 1 && told > 0);
    });

    it('is told of one operation while another is answered', async () => {
      const { time, cases, delivery, warnings } = setUp();
      cases.fateOfCreate = () => '500';
      void delivery.deliver(comment('a')).catch(() => {});
      await time.tickAsync(300_000);
      assert.equal(delivery.view.failing?.error.code, 'SERVICE');
      assert.deepEqual(warnings, ['The service failed (InternalServerException 500).']);
    });

    it('is nothing where lost answers are looked up, and all is found', async () => {
      const { time, cases, delivery } = setUp({ rate: 1, burst: 1 });
      cases.fateOfCreate = () => 'lost';
      for (let index = 0; index < 60; index += 1) void delivery.deliver(comment(`${index}`, `c${index}`));
      await time.tickAsync(30_000);
      assert.ok(cases.items.length > 20);
      assert.equal(delivery.view.failing, undefined);
    });

    it('is forgotten where nothing more was sent for long', async () => {
      const { time, cases, delivery } = setUp({ ambiguous: 'fail', rate: 0.05, burst: 1 });
      cases.fateOfCreate = () => 'reset';
      for (const body of ['a', 'b']) void delivery.deliver(comment(body, body)).catch(() => {});
      await time.tickAsync(30_000);
      assert.equal(delivery.view.failing?.error.code, 'NETWORK');
      await time.tickAsync(300_000);
      assert.equal(delivery.view.failing, undefined);
    });
  });

  it('is the pace of each operation', async () => {
    const { time, delivery } = setUp({ rate: 7 });
    void delivery.deliver(comment('a'));
    await time.runAllAsync();
    assert.deepEqual(delivery.view.paces(), [{ operation: 'CreateRelatedItem', perSecond: 7 }]);
  });
});

describe('a delivery that is paused', () => {
  it('begins no message until it is resumed, and finishes what is under way', async () => {
    const { time, cases, delivery } = setUp({ rate: 1, burst: 1 });
    void delivery.deliver(comment('a'));
    await time.tickAsync(1);
    for (const body of ['b', 'c']) void delivery.deliver(comment(body));
    delivery.view.pause();
    await time.tickAsync(60_000);
    assert.deepEqual(cases.bodies(), ['a']);
    assert.equal(delivery.waiting, 2);
    delivery.view.resume();
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a', 'b', 'c']);
  });

  it('still gives up what is late, and what waits when it closes', async () => {
    const { time, cases, delivery } = setUp({ deadlineSeconds: 5 });
    delivery.view.pause();
    const late = ending(delivery.deliver(comment('late')));
    await time.tickAsync(5000);
    const waiting = ending(delivery.deliver(comment('waiting')));
    void delivery.close(0);
    await time.runAllAsync();
    assert.deepEqual([late.error?.code, waiting.error?.code], ['EXPIRED', 'CLOSED']);
    assert.equal(cases.creates, 0);
  });
});

describe('messages that are dropped', () => {
  it('end with DROPPED, and nothing of them is sent; the others keep their order', async () => {
    const { time, cases, delivery } = setUp({ rate: 1, burst: 1 });
    delivery.view.pause();
    const all = ['a1', 'a2', 'a3', 'b1'].map((body) =>
      ending(delivery.deliver(comment(body, body.slice(0, 1)))),
    );
    const dropped = delivery.view.drop(({ input }) =>
      ['a2', 'b1'].includes(JSON.stringify(input).match(/[ab]\d/)?.[0] ?? ''),
    );
    assert.equal(dropped, 2);
    assert.equal(delivery.waiting, 2);
    delivery.view.resume();
    await time.runAllAsync();
    assert.deepEqual(cases.sent, ['a1', 'a3']);
    assert.deepEqual(
      all.map(({ error }) => error && [error.code, error.created]),
      [undefined, ['DROPPED', 'no'], undefined, ['DROPPED', 'no']],
    );
  });

  it('make room for others, in the same case, too', async () => {
    const { time, cases, delivery } = setUp({ maxWaiting: 2 });
    delivery.view.pause();
    for (const body of ['a', 'b']) void delivery.deliver(comment(body)).catch(() => {});
    delivery.view.drop(() => true);
    void delivery.deliver(comment('c'));
    delivery.view.resume();
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['c']);
  });

  it('all end, however many they are, also where the delivery is closed at once', async () => {
    const { time, delivery } = setUp();
    delivery.view.pause();
    const all = Array.from({ length: 1000 }, (_, index) =>
      ending(delivery.deliver(comment('x', `c${index}`))),
    );
    delivery.view.drop(() => true);
    const closed = delivery.close(0);
    await time.runAllAsync();
    await closed;
    assert.ok(all.every(({ error }) => error?.code === 'DROPPED'));
  });

  it('are none that are on their way', async () => {
    const { time, cases, delivery } = setUp();
    const sent = ending(delivery.deliver(comment('a')));
    await time.tickAsync(1);
    assert.equal(
      delivery.view.drop(() => true),
      0,
    );
    await time.runAllAsync();
    assert.equal(sent.error, undefined);
    assert.deepEqual(cases.bodies(), ['a']);
  });
});
