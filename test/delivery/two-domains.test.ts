import assert from 'node:assert/strict';
import { createClock } from '@sinonjs/fake-timers';
import type { End } from '../../src/delivery/delivery';
import { createDelivery } from '../../src/delivery/queue';
import { Claims } from '../../src/delivery/verify/claims';
import { asService, type RelatedItemRequest, rulesOf } from '../support/item-delivery';
import { comment, FakeCases } from './fake-cases';
import { Paper, PaperStore } from './paper-store';

const settings = {
  ...{ rate: 50, burst: 5, maxWaiting: 100, deadlineSeconds: 0 },
  ...{ timeoutSeconds: 10, ambiguous: 'verify' as const },
};

/** Two domain nodes to the same cases, in one process after another. */
function setUp() {
  const time = createClock(0, 1_000_000);
  const cases = new FakeCases(time);
  const paper = new Paper();
  const ends: string[] = [];
  let process = 0;
  /** A process; the requests of a domain node that is `cut` off never arrive. */
  const start = (cut?: string) => {
    process += 1;
    const mine = process;
    const isAlive = () => mine === process;
    const store = new PaperStore(paper, time, 1);
    const claims = new Claims();
    const domain = (domainNodeId: string) => {
      const service = asService(cases);
      return createDelivery(
        {
          serverTime: service.serverTime,
          call: (...request) => (domainNodeId === cut ? new Promise(() => {}) : service.call(...request)),
        },
        settings,
        {
          ...{ store, claims, domainNodeId, random: () => 0.5 },
          workOf: ({ input }) => rulesOf(input as RelatedItemRequest) as never,
          clock: {
            now: () => time.now,
            setTimeout: (run, delayMs) => time.setTimeout(() => isAlive() && run(), delayMs),
            clearTimeout: (timer) => time.clearTimeout(timer as number),
          },
          recipient: {
            doing: () => {},
            ended(_message, end: End) {
              ends.push(`${domainNodeId} ${Object.keys(end)[0]}`);
              return undefined;
            },
          },
        },
      );
    };
    return { one: domain('one'), other: domain('other'), kill: () => store.kill() };
  };
  return { time, cases, ends, start };
}

const input = comment('the same');
const message = { nodeId: 'node', msg: {}, rules: rulesOf(input), input };

describe('two domain nodes that send identical items to one case when Node-RED is killed', () => {
  it('do not take the item of one, which was answered, for that of the other, which never arrived', async () => {
    const { time, cases, ends, start } = setUp();
    const { one, other, kill } = start('other');
    await time.tickAsync(10);
    other.accept(message);
    await time.tickAsync(50);
    one.accept(message);
    await time.tickAsync(1000);
    assert.deepEqual([cases.bodies(), ends], [['the same'], ['one delivered']]);
    kill();
    start();
    await time.runAllAsync();
    assert.deepEqual(ends, ['one delivered', 'other delivered']);
    assert.deepEqual(cases.bodies(), ['the same', 'the same']);
  });
});
