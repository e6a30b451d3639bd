import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import type { NodeAPI } from 'node-red';
import type { Overview } from '../../../src/definition/overview/figures';
import { overviewTopic, watchSeconds } from '../../../src/definition/overview/protocol';
import { monitors } from '../../../src/runtime/overview/monitors';
import { Publisher } from '../../../src/runtime/overview/publisher';

describe('the figures that come by themselves', () => {
  let time: ReturnType<typeof install>;
  beforeEach(() => {
    time = install({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'], now: 1_000_000 });
  });
  afterEach(() => time.uninstall());

  /** What a publisher needs of Node-RED: one domain node, and a way to the editors. */
  function setUp() {
    const told: { topic: string; overview: Overview; retained: boolean }[] = [];
    const node = { id: 'domain', type: 'connect-cases-domain', name: 'demo' };
    let looked = 0;
    const RED = {
      events: {},
      nodes: {
        eachNode(visit: (each: object) => void) {
          looked += 1;
          visit(node);
        },
        getNode: () => null,
      },
      comms: {
        publish: (topic: string, overview: Overview, retained: boolean) =>
          void told.push({ topic, overview, retained }),
      },
    } as unknown as NodeAPI;
    return { RED, told, looked: () => looked, publisher: new Publisher(RED) };
  }

  it('come once a second at most, and only when something has changed', () => {
    const { RED, told, publisher } = setUp();
    publisher.watch();
    time.tick(5000);
    assert.equal(told.length, 1);
    for (let count = 0; count < 100; count += 1) monitors(RED).of('domain').sent('CreateRelatedItem');
    time.tick(1000);
    assert.equal(told.length, 2);
    const [, { topic, overview, retained } = assert.fail()] = told;
    assert.deepEqual([topic, retained], [overviewTopic, false]);
    assert.equal(overview.domains[0]?.samples.sent.at(-1), 100);
  });

  it('stop by themselves when nobody says any more that he watches, and begin again', () => {
    const { told, looked, publisher } = setUp();
    publisher.watch();
    time.tick((watchSeconds - 1) * 1000);
    publisher.watch();
    time.tick((watchSeconds + 1) * 1000);
    const before = looked();
    time.tick(600_000);
    assert.equal(looked(), before, 'nothing is looked at');
    assert.equal(time.countTimers(), 0);
    publisher.watch();
    time.tick(1000);
    assert.equal(looked(), before + 1);
    assert.equal(told.length, 1, 'nothing has changed meanwhile');
  });
});
