import assert from 'node:assert/strict';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { countedFlow, describeWithSqlite, Restartable } from '../support/restartable';

const { machine } = demo.fields;
const [freezer] = demo.cases;

describeWithSqlite('cases after a kill', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let nodeRed: Restartable;
  beforeEach(async () => {
    emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited' });
  });
  afterEach(async () => {
    await nodeRed.remove();
    await emulator.close();
  });

  const start = async (base: string, item: object) => {
    nodeRed = await Restartable.with(countedFlow(emulator.url, base, { item }));
    await nodeRed.start();
  };
  const byMachine = {
    match: [{ field: 'Machine', value: 'topic', valueType: 'msg' }],
    templateId: 'Machine alarm',
  };
  const ofMachine = (name: string) =>
    [...emulator.service.state.cases.values()].filter(({ fields }) => fields[machine]?.stringValue === name);
  const aCaseIsMade = () =>
    new Promise<void>((resolve) => {
      emulator.service.onChange(({ kind }) => kind === 'case' && resolve());
    });
  const alarm = (id: string) => ({ id, topic: 'boiler-3', payload: `Too hot (${id})` });

  it('that were made a moment ago are known, though searches do not show them yet', async () => {
    emulator.setFaults(['lag:600']);
    await start('find-or-create-case', byMachine);
    await nodeRed.post(alarm('first'));
    await nodeRed.resultsOf(1);
    await nodeRed.kill();
    await nodeRed.start();
    await nodeRed.post(alarm('second'));
    const [first, second] = await nodeRed.resultsOf(2);
    assert.equal(second?.case?.caseId, first?.case?.caseId);
    assert.equal(second?.case?.created, false);
    assert.equal(ofMachine('boiler-3').length, 1);
  });

  it('are made once where the kill came before the answer', async () => {
    emulator.setFaults(['CreateCase=timeout', 'lag:600']);
    await start('find-or-create-case', byMachine);
    const made = aCaseIsMade();
    await nodeRed.post(alarm('first'));
    await nodeRed.post(alarm('second'));
    await made;
    await nodeRed.kill();
    emulator.setFaults(['lag:600']);
    await nodeRed.start();
    const results = await nodeRed.resultsOf(2);
    assert.equal(new Set(results.map((result) => result.case?.caseId)).size, 1);
    assert.equal(ofMachine('boiler-3').length, 1);
  });

  it('are made once where a deploy came before the answer, and the message goes on by itself', async () => {
    emulator.setFaults(['CreateCase=timeout', 'lag:600']);
    nodeRed = await Restartable.with(countedFlow(emulator.url, 'find-or-create-case', { item: byMachine }));
    nodeRed.settings = { nodeCloseTimeout: 300 };
    await nodeRed.start();
    const made = aCaseIsMade();
    await nodeRed.post(alarm('first'));
    await nodeRed.post(alarm('second'));
    await made;
    await nodeRed.deploy(countedFlow(emulator.url, 'find-or-create-case', { item: byMachine }));
    emulator.setFaults(['lag:600']);
    const results = await nodeRed.resultsOf(2);
    assert.deepEqual(
      results.filter(({ error }) => error),
      [],
    );
    assert.equal(new Set(results.map((result) => result.case?.caseId)).size, 1);
    assert.equal(ofMachine('boiler-3').length, 1);
  });

  it('are found, read and updated by messages that waited, and names of fields are looked up when they can be', async () => {
    const title = { field: 'Title', operator: 'contains', value: 'topic', valueType: 'msg' };
    const nodes = {
      'find-cases': { conditions: [title] },
      'get-case': { fields: ['Title'] },
      'update-case': { rows: [{ id: 'Machine', value: 'topic', valueType: 'msg' }] },
      custom: { fields: 'values', fieldsType: 'msg' },
    };
    emulator.setFaults(['*=503']);
    nodeRed = await Restartable.with(flowOf(nodes));
    await nodeRed.start();
    const values = { Machine: 'x' };
    for (const id of Object.keys(nodes)) {
      await nodeRed.post({ id, topic: 'pump', payload: 'x', caseId: freezer.id, values });
    }
    await nodeRed.written('custom');
    await nodeRed.kill();
    await nodeRed.start();
    emulator.setFaults([]);
    const results = await nodeRed.resultsOf(4);
    assert.deepEqual(
      results.filter(({ error }) => error),
      [],
    );
    const payloadOf = (wanted: string) => results.find(({ id }) => id === wanted)?.payload;
    assert.equal((payloadOf('find-cases') as unknown[]).length, 1);
    assert.deepEqual((payloadOf('get-case') as { fields: object }).fields, { Title: freezer.title });
    assert.equal(payloadOf('update-case'), 'x');
    assert.match(String(payloadOf('custom')), /^arn:/);
    assert.equal(emulator.service.state.cases.get(freezer.id)?.fields[machine]?.stringValue, 'pump');
  });

  for (const [what, interrupt] of [
    ['a kill', (_flow: object[]) => nodeRed.kill().then(() => nodeRed.start())],
    ['a deploy', (flow: object[]) => nodeRed.deploy(flow)],
  ] as const) {
    it(`that are being closed during ${what} are not taken for alarms that came after`, async () => {
      const status = { id: 'status', value: 'closed', valueType: 'str' };
      const flow = flowOf({ 'find-or-create-case': byMachine, 'update-case': { rows: [status] } });
      nodeRed = await Restartable.with(flow);
      await nodeRed.start();
      await nodeRed.post(alarm('find-or-create-case'));
      const [{ case: first } = {}] = await nodeRed.resultsOf(1);
      emulator.setFaults(['UpdateCase=503']);
      await nodeRed.post({ id: 'update-case', caseId: first?.caseId });
      await nodeRed.post(alarm('find-or-create-case again'));
      await nodeRed.written('find-or-create-case again');
      await interrupt(flow);
      emulator.setFaults([]);
      const again = (await nodeRed.resultsOf(3)).find(({ id }) => id === 'find-or-create-case again');
      assert.equal(again?.error, undefined);
      assert.deepEqual(
        ofMachine('boiler-3').map(({ id, fields }) => [id, fields.status?.stringValue]),
        [
          [first?.caseId, 'closed'],
          [again?.case?.caseId, 'open'],
        ],
      );
    });
  }

  /** A flow in which each message goes to the node that its id begins with. */
  function flowOf(nodes: Readonly<Record<string, object>>): object[] {
    const bases = Object.keys(nodes);
    const place = { z: 'tab', x: 0, y: 0 };
    return [
      ...countedFlow(emulator.url, 'comment').map((node) => {
        const { id } = node as { id: string };
        if (id === 'catch') return { ...node, scope: null };
        return id === 'unpack' ? { ...node, wires: [['by-id']] } : node;
      }),
      {
        ...{
          id: 'by-id',
          type: 'switch',
          property: 'id',
          propertyType: 'msg',
          outputs: bases.length,
          ...place,
        },
        rules: bases.map((base) => ({ t: 'regex', v: `^${base}`, vt: 'str' })),
        wires: bases.map((base) => [base]),
      },
      ...bases.map((base) => ({
        ...{ id: base, type: `connect-cases-${base}`, domain: 'local-domain', wires: [['record']], ...place },
        ...nodes[base],
      })),
    ];
  }
});
