import assert from 'node:assert/strict';
import RED from 'node-red';
import helper from 'node-red-node-test-helper';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import {
  configNodes,
  deployFlow,
  itemNodes,
  type Message,
  startFlow,
  stopFlow,
} from '../support/runtime-flow';

const { machine } = demo.fields;

describe('a deploy while a case is made', () => {
  let emulator: Emulator;
  afterEach(async () => {
    await stopFlow();
    await emulator.close();
    delete closeTimeout().nodeCloseTimeout;
  });

  it('ends the message at Catch, and the next one gets the case that was made meanwhile, not a second', async () => {
    emulator = await startEmulator({ quota: 'unlimited', faults: ['CreateCase=timeout', 'lag:50'] });
    const location = { region: 'us-east-1', domainId: demo.domainId, timeoutSeconds: 60 };
    const properties = {
      match: [{ field: machine, value: 'topic', valueType: 'msg' }],
      templateId: demo.alarmTemplateId,
    };
    const flow = (name: string) => [
      ...configNodes(emulator.url, { ...location, name }),
      ...itemNodes('find-or-create-case', properties),
    ];
    await startFlow(flow('before'));
    closeTimeout().nodeCloseTimeout = 200;
    const made = new Promise<void>((resolve) => {
      emulator.service.onChange(({ kind }) => kind === 'case' && resolve());
    });
    helper.getNode('item').receive({ topic: 'boiler-3', payload: 'Too hot' } as never);
    await made;
    const caught = new Promise<Message>((resolve) => {
      RED.events.once('flows:started', () => helper.getNode('caught').on('input', resolve as never));
    });
    await deployFlow(flow('after'), 'full');
    const error = (await caught).casesError as Record<string, unknown>;
    assert.deepEqual([error.code, error.operation, error.created], ['CLOSED', 'CreateCase', 'unknown']);
    emulator.setFaults(['lag:50']);
    const out = new Promise<Message>((resolve) => helper.getNode('out').on('input', resolve as never));
    helper.getNode('item').receive({ topic: 'boiler-3', payload: 'Hotter' } as never);
    const { caseId } = await out;
    const opened = [...emulator.service.state.cases.values()].filter(({ fields }) => fields[machine]);
    assert.deepEqual(
      opened.map(({ id }) => id),
      [caseId],
    );
    assert.equal(opened[0]?.fields.title?.stringValue, 'Too hot');
  });
});

const closeTimeout = () => RED.settings as { nodeCloseTimeout?: number };
