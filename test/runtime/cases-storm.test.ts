import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import { demo, type Emulator, type SeenRequest, startEmulator } from '../../src/emulator';
import { configNodes, itemNodes, type Message, startFlow, stopFlow } from '../support/runtime-flow';

const { machine } = demo.fields;
const devices = Array.from({ length: 20 }, (_, index) => `boiler-${index + 1}`);
const alarms = 1000;

describe('a storm of alarms', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  const seen: SeenRequest[] = [];

  before(async () => {
    emulator = await startEmulator({
      quota: 'unlimited',
      limits: 'unlimited',
      faults: ['CreateCase=lost:0.3', 'lag:3'],
      onRequest: (request) => seen.push(request),
    });
    const location = { region: 'us-east-1', domainId: demo.domainId };
    const finder = {
      wires: [['comment']],
      match: [{ field: machine, value: 'topic', valueType: 'msg' }],
      templateId: demo.alarmTemplateId,
    };
    await startFlow([
      ...configNodes(emulator.url, location),
      ...itemNodes('find-or-create-case', finder),
      {
        id: 'comment',
        type: 'connect-cases-comment',
        domain: 'domain',
        z: 'tab',
        x: 0,
        y: 0,
        wires: [['out']],
      },
    ]);
  });
  after(async () => {
    await stopFlow();
    await emulator.close();
  });

  it('opens one case for each device though answers are lost and searches lag, and puts each comment into its case, in order', async () => {
    let arrived = 0;
    const all = new Promise<void>((resolve) => {
      helper.getNode('out').on('input', () => {
        arrived += 1;
        if (arrived === alarms) resolve();
      });
    });
    for (let number = 0; number < alarms; number += 1) {
      const topic = devices[number % devices.length];
      helper.getNode('item').receive({ topic, payload: `${topic}: ${number}` } as Message as never);
    }
    await all;
    const opened = [...emulator.service.state.cases.values()].filter(({ fields }) => fields[machine]);
    assert.deepEqual(opened.map(({ fields }) => fields[machine]?.stringValue).toSorted(), devices.toSorted());
    for (const { fields, items } of opened) {
      const device = fields[machine]?.stringValue ?? '';
      const expected = Array.from({ length: alarms / devices.length }, (_, index) => {
        const number = index * devices.length + devices.indexOf(device);
        return `${device}: ${number}`;
      });
      assert.deepEqual(
        items.map(({ content }) => content.comment?.body),
        expected,
      );
    }
    assert.equal(seen.filter(({ operation }) => operation === 'SearchCases').length, devices.length);
  });
});
