import assert from 'node:assert/strict';
import { createClock } from '@sinonjs/fake-timers';
import type { Delivery, End } from '../../src/delivery/delivery';
import { createDelivery } from '../../src/delivery/queue';
import type { StoredMessage } from '../../src/delivery/store/message-store';
import { Claims } from '../../src/delivery/verify/claims';
import { asService, type RelatedItemRequest, rulesOf } from '../support/item-delivery';
import { comment, FakeCases } from './fake-cases';
import { Paper, PaperStore } from './paper-store';

/** A process: its delivery for each domain node. */
interface Process {
  readonly of: (domainNodeId: string) => Delivery;
  readonly claims: Claims;
  /** Ends it: what is not kept by now never will be. */
  kill(): void;
}

/** One process after another, each with two domain nodes for the same cases. */
function setUp() {
  const time = createClock(0, 1_000_000);
  const cases = new FakeCases(time);
  const paper = new Paper();
  /** Which message of which node has ended how. */
  const ends: string[] = [];
  /** Nodes that do not run, as those of a disabled flow. */
  const away = new Set<string>();
  /** Nodes to which nothing can be handed on. */
  const stopped = new Set<string>();
  let alive: object;
  /** Has what the last run left come to the process that was started `late`. */
  const come: (() => void)[] = [];
  /** Starts a process; the requests of a domain node that is `cut` off never arrive. */
  const start = ({ cut, late = false }: { cut?: string; late?: boolean } = {}): Process => {
    const me = {};
    alive = me;
    const store = new PaperStore(paper, time, 1);
    if (late) {
      const load = store.load.bind(store);
      Object.assign(store, {
        async load(domainNodeId: string, take: (messages: readonly StoredMessage[]) => void) {
          const left = await load(domainNodeId);
          come.push(() => take(left));
          return [];
        },
      });
    }
    const claims = new Claims();
    const open = (domainNodeId: string) => {
      const service = asService(cases);
      return createDelivery(
        {
          serverTime: service.serverTime,
          call: (...request) => (domainNodeId === cut ? new Promise(() => {}) : service.call(...request)),
        },
        {
          ...{ rate: 1, burst: 1, maxWaiting: 100, deadlineSeconds: 0 },
          ...{ timeoutSeconds: 10, ambiguous: 'verify' as const },
        },
        {
          ...{ store, claims, domainNodeId, random: () => 0.5 },
          workOf: ({ input }) => rulesOf(input as RelatedItemRequest) as never,
          clock: {
            now: () => time.now,
            setTimeout: (run, delayMs) => time.setTimeout(() => alive === me && run(), delayMs),
            clearTimeout: (timer) => time.clearTimeout(timer as number),
          },
          recipient: {
            doing: () => {},
            whereabouts: (nodeId) => (away.has(nodeId) ? 'away' : 'running'),
            ended({ nodeId }, end: End) {
              if (stopped.has(nodeId)) return new Promise(() => {});
              if (alive === me) ends.push(`${nodeId} ${Object.keys(end)[0]}`);
              return undefined;
            },
          },
        },
      );
    };
    const deliveries = new Map(['one', 'other'].map((id) => [id, open(id)]));
    return {
      of: (domainNodeId) => deliveries.get(domainNodeId) as Delivery,
      claims,
      kill() {
        store.kill();
        alive = {};
      },
    };
  };
  const comeLate = () => {
    for (const each of come.splice(0)) each();
  };
  return { time, cases, ends, away, stopped, start, comeLate };
}

const messageOf = (nodeId: string, body: string, merge = false) => {
  const input = comment(body);
  return { nodeId, msg: {}, rules: rulesOf(input), input, merge };
};

describe('what is under way when Node-RED is killed', () => {
  for (const [when, deployed] of [
    ['before', false],
    ['during its own deploy', true],
  ] as const) {
    it(`is told from the identical item of another domain node, which was answered ${when}`, async () => {
      const { time, cases, ends, start } = setUp();
      const { of, kill } = start({ cut: 'other' });
      await time.tickAsync(10);
      of('other').accept(messageOf('never arrives', 'the same'));
      await time.tickAsync(50);
      if (deployed) void of('other').close(0);
      of('one').accept(messageOf('answered', 'the same'));
      await time.tickAsync(1000);
      assert.deepEqual([cases.bodies(), ends], [['the same'], ['answered delivered']]);
      kill();
      start();
      await time.runAllAsync();
      assert.deepEqual(ends, ['answered delivered', 'never arrives delivered']);
      assert.deepEqual(cases.bodies(), ['the same', 'the same']);
    });
  }

  it('costs no memory for other items of its case, however long its domain node does not come back', async () => {
    const { time, ends, start } = setUp();
    const { of, claims } = start({ cut: 'other' });
    await time.tickAsync(10);
    of('other').accept(messageOf('never arrives', 'the same'));
    await time.tickAsync(50);
    void of('other').close(0);
    for (let count = 1; count <= 200; count += 1) {
      of('one').accept(messageOf('answered', `${count} another`));
      await time.tickAsync(1000);
    }
    await time.tickAsync(5000);
    assert.equal(ends.length, 200);
    assert.ok(claims.size < 50, `${claims.size} items remembered`);
  });

  it('is told from the identical item that another domain node has added while its own was paused', async () => {
    const { time, cases, ends, start } = setUp();
    const first = start({ cut: 'other' });
    await time.tickAsync(10);
    first.of('other').accept(messageOf('never arrives', 'the same'));
    await time.tickAsync(50);
    first.kill();
    const { of } = start();
    of('other').view.pause();
    await time.tickAsync(10_000);
    of('one').accept(messageOf('added', 'the same'));
    await time.tickAsync(60_000);
    assert.deepEqual(ends, ['added delivered']);
    of('other').view.resume();
    await time.runAllAsync();
    assert.deepEqual(ends, ['added delivered', 'never arrives delivered']);
    assert.deepEqual(cases.bodies(), ['the same', 'the same']);
  });

  it('is told from it also where its disk was there late, and others of its case came before it', async () => {
    const { time, cases, ends, start, comeLate } = setUp();
    const first = start({ cut: 'other' });
    await time.tickAsync(10);
    first.of('other').accept(messageOf('never arrives', 'the same'));
    await time.tickAsync(50);
    first.kill();
    const { of } = start({ late: true });
    of('other').view.pause();
    await time.tickAsync(10_000);
    of('other').accept(messageOf('before it', 'before it'));
    comeLate();
    await time.tickAsync(10);
    of('one').accept(messageOf('added', 'the same'));
    await time.tickAsync(60_000);
    of('other').view.resume();
    await time.runAllAsync();
    assert.deepEqual(ends, ['added delivered', 'before it delivered', 'never arrives delivered']);
    assert.deepEqual(cases.bodies(), ['the same', 'before it', 'the same']);
  });

  for (const [first, next] of [
    ['one', 'other'],
    ['other', 'one'],
  ] as const) {
    it(`gets its own item, though the answer of ${first} was there and that of ${next} was lost`, async () => {
      const { time, cases, ends, start } = setUp();
      const { of, kill } = start();
      await time.tickAsync(10);
      cases.fateOfCreate = (_request, count) => (count === 1 ? 'lost' : 'ok');
      of(next).accept(messageOf('lost', 'the same'));
      await time.tickAsync(50);
      of(first).accept(messageOf('answered', 'the same'));
      await time.tickAsync(50);
      assert.deepEqual(ends, ['answered delivered']);
      kill();
      start();
      await time.runAllAsync();
      assert.deepEqual(ends.slice(1).toSorted(), ['answered delivered', 'lost delivered']);
      assert.deepEqual(cases.bodies(), ['the same', 'the same']);
    });
  }

  /** Two messages go out as one; one between them waits, since its node does not run. */
  async function killWhileMerged() {
    const { start, ...test } = setUp();
    const { time, cases, away } = test;
    const { of, kill } = start();
    await time.tickAsync(10);
    const delivery = of('one');
    delivery.view.pause();
    for (const [nodeId, merge] of [
      ['first', true],
      ['between', false],
      ['last', true],
    ] as const)
      delivery.accept(messageOf(nodeId, nodeId, merge));
    away.add('between');
    delivery.nodesChanged();
    cases.latencyMs = 1000;
    delivery.view.resume();
    await time.tickAsync(600);
    assert.deepEqual(cases.bodies(), ['first\n\nlast']);
    kill();
    return { ...test, start };
  }

  it('is found where it was merged from messages with another between them, which may go on now', async () => {
    const { time, cases, ends, away, start } = await killWhileMerged();
    away.clear();
    start();
    await time.runAllAsync();
    assert.deepEqual(ends, ['first delivered', 'last delivered', 'between delivered']);
    assert.deepEqual(cases.bodies(), ['first\n\nlast', 'between']);
  });

  it('is found where it was merged from messages of which one has no node that runs now', async () => {
    const { time, cases, ends, away, start } = await killWhileMerged();
    away.add('last');
    start();
    await time.runAllAsync();
    assert.deepEqual(ends, ['first delivered', 'last delivered']);
    assert.deepEqual(cases.bodies(), ['first\n\nlast']);
  });

  it('stays as a whole where somebody drops a part of what was merged', async () => {
    const { time, cases, ends, start } = await killWhileMerged();
    const delivery = start().of('one');
    delivery.view.pause();
    await time.tickAsync(10_000);
    assert.equal(
      delivery.view.drop(({ nodeId }) => nodeId === 'last'),
      0,
    );
    delivery.view.resume();
    await time.runAllAsync();
    assert.deepEqual(ends, ['first delivered', 'last delivered']);
    assert.deepEqual(cases.bodies(), ['first\n\nlast']);
  });

  it('stays as a whole also where its disk was there late, and others of its case came before it', async () => {
    const { time, cases, ends, start, comeLate } = await killWhileMerged();
    const delivery = start({ late: true }).of('one');
    delivery.view.pause();
    await time.tickAsync(10_000);
    delivery.accept(messageOf('new', 'new'));
    comeLate();
    await time.tickAsync(10);
    assert.equal(
      delivery.view.drop(({ nodeId }) => nodeId === 'last'),
      0,
    );
    delivery.view.resume();
    await time.runAllAsync();
    assert.deepEqual(ends, ['new delivered', 'first delivered', 'last delivered']);
    assert.deepEqual(cases.bodies(), ['first\n\nlast', 'new']);
  });

  it('goes as a whole where somebody drops all that was merged', async () => {
    const { time, cases, ends, start } = await killWhileMerged();
    const delivery = start().of('one');
    delivery.view.pause();
    await time.tickAsync(10_000);
    assert.equal(
      delivery.view.drop(({ nodeId }) => nodeId !== 'between'),
      2,
    );
    delivery.view.resume();
    await time.runAllAsync();
    assert.deepEqual(ends, ['first error', 'last error']);
    assert.deepEqual(cases.bodies(), ['first\n\nlast']);
  });

  it('has one end where it was merged, and that could be handed on to one of its nodes alone', async () => {
    const { time, cases, ends, stopped, start } = setUp();
    const { of, kill } = start();
    await time.tickAsync(10);
    of('one').accept(messageOf('before', 'before'));
    for (const nodeId of ['first', 'last']) of('one').accept(messageOf(nodeId, nodeId, true));
    stopped.add('last');
    await time.tickAsync(1050);
    assert.deepEqual(ends, ['before delivered', 'first delivered']);
    kill();
    stopped.clear();
    start();
    await time.runAllAsync();
    assert.deepEqual(ends.slice(2), ['first delivered', 'last delivered']);
    assert.deepEqual(cases.bodies(), ['before', 'first\n\nlast']);
  });
});
