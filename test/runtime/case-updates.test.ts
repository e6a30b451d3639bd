import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { configNodes, itemNodes, type Message, startFlow, stopFlow } from '../support/runtime-flow';

const { machine } = demo.fields;

describe('an alarm that comes while its case is being closed', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ quota: 'unlimited' });
  });
  afterEach(async () => {
    await stopFlow();
    await emulator.close();
  });

  const toClosed = { id: 'status', value: 'closed', valueType: 'str' };
  const flow = (row = toClosed, statuses = 'notClosed') => [
    ...configNodes(emulator.url, { region: 'us-east-1', domainId: demo.domainId }),
    ...itemNodes('find-or-create-case', {
      match: [{ field: machine, value: 'topic', valueType: 'msg' }],
      ...{ templateId: demo.alarmTemplateId, statuses },
    }),
    {
      ...{ id: 'close', type: 'connect-cases-update-case', domain: 'domain', z: 'tab', x: 0, y: 0 },
      rows: [row],
      wires: [],
    },
  ];
  const next = (id: string) =>
    new Promise<Message>((resolve) => helper.getNode(id).once('input', resolve as never));
  const alarm = (): Promise<Message> => {
    const out = next('out');
    helper.getNode('item').receive({ topic: 'boiler-3', payload: 'Too hot' } as never);
    return out;
  };
  const close = (caseId: unknown) => helper.getNode('close').receive({ caseId } as never);

  it('gets a new one, once that is closed', async () => {
    await startFlow(flow());
    const { caseId } = await alarm();
    emulator.setLatency(100);
    close(caseId);
    const again = await alarm();
    assert.notEqual(again.caseId, caseId);
    const statuses = [caseId, again.caseId].map(
      (id) => emulator.service.state.cases.get(String(id))?.fields.status?.stringValue,
    );
    assert.deepEqual(statuses, ['closed', 'open']);
  });

  it('does not wait for an update that leaves the status alone', async () => {
    await startFlow(flow({ id: demo.fields.severity, value: 'high', valueType: 'str' }));
    const { caseId } = await alarm();
    emulator.setFaults(['UpdateCase=503']);
    close(caseId);
    assert.equal((await alarm()).caseId, caseId);
  });

  it('does not wait where closed cases count, too', async () => {
    await startFlow(flow(toClosed, 'any'));
    const { caseId } = await alarm();
    emulator.setFaults(['UpdateCase=503']);
    close(caseId);
    assert.equal((await alarm()).caseId, caseId);
  });

  it('gets the same where it can not be closed', async () => {
    await startFlow(flow());
    const { caseId } = await alarm();
    emulator.setDenied(['cases:UpdateCase']);
    emulator.setLatency(100);
    close(caseId);
    assert.equal((await alarm()).caseId, caseId);
  });
});
