import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { casesAbout, type Deployed, deployed, stopRunning } from './running';

after(stopRunning);

describe('the example for MQTT sensors', function () {
  this.timeout(60_000);
  let broker: Aedes;
  let flow: Deployed;
  let stop: () => Promise<void>;
  let deployedAnew: () => Promise<Deployed>;

  before(async () => {
    broker = await Aedes.createBroker();
    const server = createServer(broker.handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    stop = async () => {
      await new Promise<void>((resolve) => broker.close(resolve));
      server.close();
    };
    deployedAnew = async () => {
      const subscribed = once(broker, 'subscribe');
      const running = await deployed('stories/mqtt-temperature-to-case', (node) =>
        node.type === 'mqtt-broker' ? { ...node, broker: '127.0.0.1', port } : node,
      );
      await subscribed;
      return running;
    };
    flow = await deployedAnew();
  });
  after(async () => {
    await stop?.();
  });

  const measure = (sensor: string, payload: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const packet = { cmd: 'publish', qos: 1, dup: false, retain: false } as const;
      broker.publish({ ...packet, topic: `sensors/${sensor}/temperature`, payload }, (error) =>
        error ? reject(error) : resolve(),
      );
    });

  /** Measures, and waits until the service has so many items more. */
  const measured = async (sensor: string, temperatures: readonly number[], items: number) => {
    const before = flow.made.length;
    for (const celsius of temperatures) await measure(sensor, JSON.stringify({ celsius }));
    await flow.items(before + items);
  };

  it('opens a case with one comment and one SLA for each alert, however the temperature swings, and closes it', async () => {
    await measured('freezer-7', [-20, -14.9, -16, -14, -17.9, -13], 2);
    await measured('freezer-7', [-18, -17, -19], 1);
    await flow.shows('closed', /^case /);
    await measured('freezer-7', [-12.5], 2);
    assert.deepEqual(await casesAbout('freezer-7'), [
      {
        title: 'freezer-7 is too warm',
        status: 'closed',
        comments: ['Alert: freezer-7 is at -14.9 °C.', 'Over: freezer-7 is at -18 °C again.'],
        slas: [sla],
      },
      {
        title: 'freezer-7 is too warm',
        status: 'open',
        comments: ['Alert: freezer-7 is at -12.5 °C.'],
        slas: [sla],
      },
    ]);
  });

  it('adds nothing to the open case of a sensor that is still too warm after a restart', async () => {
    flow = await deployedAnew();
    await measure('freezer-7', JSON.stringify({ celsius: -12 }));
    await measured('freezer-8', [-3], 2);
    assert.equal(flow.made.length, 2);
    const [, open] = await casesAbout('freezer-7');
    assert.deepEqual(open?.comments, ['Alert: freezer-7 is at -12.5 °C.']);
  });

  it('takes no reading for none, a number alone for one, and a number as text for a number', async () => {
    const none = ['warm', '{"celsius":null}', '{}', 'null', '[]', '{"celsius":""}', '{"celsius":"NaN"}'];
    for (const payload of [...none, '{"celsius":"-17,5"}', '{"celsius":true}', '{"celsius":[5]}'])
      await measure('freezer-9', payload);
    const before = flow.made.length;
    await measure('freezer-9', '{"celsius":"-12.5"}');
    await flow.items(before + 2);
    await measure('freezer-9', '{"celsius":null}');
    await measure('freezer-9', '-18');
    await flow.items(before + 3);
    await flow.shows('closed', /^case /);
    const [only, ...more] = await casesAbout('freezer-9');
    assert.deepEqual(more, []);
    assert.deepEqual(only?.comments, [
      'Alert: freezer-9 is at -12.5 °C.',
      'Over: freezer-9 is at -18 °C again.',
    ]);
  });

  it('closes and opens a case with its buttons, as a sensor would', async () => {
    const before = flow.made.length;
    await flow.press('-18.5 °C');
    await flow.items(before + 1);
    await flow.shows('closed', /^case /);
    await flow.press('-11.4 °C');
    await flow.items(before + 3);
    const statuses = (await casesAbout('freezer-7')).map(({ status }) => status);
    assert.deepEqual(statuses, ['closed', 'closed', 'open']);
  });
});

const sla = {
  name: 'Freezer mended',
  type: 'CaseField',
  fieldId: 'status',
  targetFieldValues: [{ stringValue: 'closed' }],
  targetSlaMinutes: 240,
};
