import assert from 'node:assert/strict';
import { connectAsync } from 'mqtt';
import { type Emulator, startEmulator } from '../../src/emulator';
import { nodeOf } from '../support/examples';
import { describeWithSqlite, type Restartable } from '../support/restartable';
import { hasMosquitto, type Mosquitto, startMosquitto } from './mosquitto';
import { example, instance, type Shared, shareAlarms } from './shared-alarms';

function demandMosquitto(this: Mocha.Context): void {
  if (hasMosquitto) return;
  if (process.env.CI) throw new Error('Mosquitto is not installed.');
  console.log('    Mosquitto is not installed: skipped.');
  this.skip();
}

describeWithSqlite('the example for several Node-REDs that share alarms, with a real Mosquitto', function () {
  this.timeout(300_000);
  let came: Shared;

  before(demandMosquitto);
  before(async () => {
    came = await shareAlarms();
  });

  it('has each alarm once, although one process was killed and started again, and another moved', () => {
    assert.deepEqual(came.lost, []);
    assert.deepEqual(came.doubled, []);
  });

  it('has one case for each device, with its alarms alone', () => {
    assert.equal(came.cases, came.devices);
    assert.deepEqual(came.inForeignCase, []);
  });
});

describeWithSqlite('the same example with one Node-RED', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let broker: Mosquitto;
  let nodeRed: Restartable;

  before(demandMosquitto);
  before(async () => {
    emulator = await startEmulator({ quota: 'unlimited' });
    broker = await startMosquitto();
    nodeRed = await instance(broker.port, emulator.url, 1, 1);
    await nodeRed.start();
    // Mosquitto drops what comes before anybody wants it.
    await nodeRed.logs(/Connected to broker/);
  });
  after(async () => {
    await nodeRed?.remove();
    await broker?.stop();
    await emulator?.close();
  });

  it('opens the case of the sample and confirms it', async () => {
    const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 5 });
    await client.subscribeAsync('confirmed/+', { qos: 1 });
    const confirmed = new Promise<readonly [string, string]>((resolve) => {
      client.once('message', (topic, payload) => resolve([topic, payload.toString()]));
    });
    await fetch(`${nodeRed.url}inject/${nodeOf(example, 'inject', 'sample').id}`, { method: 'POST' });
    const [topic, id] = await confirmed;
    await client.endAsync();
    assert.equal(topic, 'confirmed/freezer-7');
    const [opened] = [...emulator.service.state.cases.values()].filter(({ items }) => items.length > 0);
    assert.equal(opened?.fields.title?.stringValue, 'freezer-7: Too warm: -11.4 °C.');
    assert.equal(opened?.items[0]?.content.comment?.body, `Too warm: -11.4 °C. (alarm ${id})`);
  });
});
