import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { type Deployed, deployed, freezer, running } from '../support/running';

describe('the example for MQTT sensors', function () {
  this.timeout(60_000);
  let broker: Aedes;
  let flow: Deployed;
  let stop: () => Promise<void>;

  before(async () => {
    broker = await Aedes.createBroker();
    const server = createServer(broker.handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    stop = async () => {
      await new Promise<void>((resolve) => broker.close(resolve));
      server.close();
    };
    const subscribed = once(broker, 'subscribe');
    flow = await deployed('stories/mqtt-temperature-to-comment-and-sla', (node) =>
      node.type === 'mqtt-broker' ? { ...node, broker: '127.0.0.1', port } : node,
    );
    await subscribed;
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

  it('writes one comment and one SLA for each alert, however the temperature swings', async () => {
    for (const celsius of [-20, -14.9, -16, -14, -17.9, -13, -18, -17, -19, -12.5]) {
      await measure('freezer-7', JSON.stringify({ celsius }));
    }
    const items = await flow.items(5);
    assert.ok(items.every(({ caseId }) => caseId === freezer.id));
    assert.deepEqual(
      items.map(({ content }) => content.comment?.body ?? content.sla?.slaInputConfiguration),
      [
        'Alert: freezer-7 is at -14.9 °C.',
        sla,
        'Over: freezer-7 is at -18 °C again.',
        'Alert: freezer-7 is at -12.5 °C.',
        sla,
      ],
    );
  });

  it('keeps the sensors apart, and survives what is no measurement', async () => {
    await measure('freezer-8', JSON.stringify({ celsius: -3 }));
    for (const nonsense of ['warm', 'null', '{"celsius":"hot"}']) await measure('freezer-7', nonsense);
    await measure('freezer-7', JSON.stringify({ celsius: -25 }));
    const items = await flow.items(6);
    assert.equal(items.at(-1)?.content.comment?.body, 'Over: freezer-7 is at -25 °C again.');
    assert.equal((await running()).emulator.service.state.cases.size, 3);
  });

  it('opens and ends an alert with its buttons, as a sensor would', async () => {
    const before = flow.made.length;
    await flow.press('-11.4 °C');
    await flow.items(before + 2);
    await flow.press('-18.5 °C');
    const items = await flow.items(before + 3);
    assert.deepEqual(
      items.slice(before).map(({ type, content }) => content.comment?.body ?? type),
      ['Alert: freezer-7 is at -11.4 °C.', 'Sla', 'Over: freezer-7 is at -18.5 °C again.'],
    );
  });

  it('takes no reading for none, and a number as text for a number', async () => {
    const before = flow.made.length;
    const none = ['{"celsius":null}', '{}', 'null', '[]', '{"celsius":""}', '{"celsius":"NaN"}'];
    for (const payload of [...none, '{"celsius":"-17,5"}', '{"celsius":true}', '{"celsius":[5]}'])
      await measure('freezer-7', payload);
    await measure('freezer-7', '{"celsius":"-12.5"}');
    await measure('freezer-7', '{"celsius":null}');
    await measure('freezer-7', '{"celsius":-18}');
    const items = await flow.items(before + 3);
    assert.deepEqual(
      items.slice(before).map(({ type, content }) => content.comment?.body ?? type),
      ['Alert: freezer-7 is at -12.5 °C.', 'Sla', 'Over: freezer-7 is at -18 °C again.'],
    );
  });
});

const sla = {
  name: 'Freezer mended',
  type: 'CaseField',
  fieldId: 'status',
  targetFieldValues: [{ stringValue: 'closed' }],
  targetSlaMinutes: 240,
};
