import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { countedFlow, describeWithSqlite, Restartable } from '../support/restartable';

const [freezer, pump] = demo.cases;
const fileName = 'connect-cases.sqlite';

describeWithSqlite('messages that wait on disk', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let nodeRed: Restartable;
  const flow = (domain: object = {}) =>
    countedFlow(emulator.url, 'comment', { domain: { rate: 100, burst: 100, ...domain } });

  beforeEach(async () => {
    emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited' });
    nodeRed = await Restartable.with(flow());
  });
  afterEach(async () => {
    await nodeRed.remove();
    await emulator.close();
  });

  const ids = Array.from({ length: 12 }, (_, index) => `m${index}`);
  /** Hands over a message for each id, to two cases in turn; the service lets none through for now. */
  async function postAll(): Promise<void> {
    emulator.setFaults(['503']);
    for (const [index, id] of ids.entries()) {
      await nodeRed.post({ id, payload: id, caseId: (index % 2 ? pump : freezer).id });
    }
  }
  /** The same, and waits until the last of them is in the file. */
  async function postAllAndWrite(): Promise<void> {
    await postAll();
    await nodeRed.written(String(ids.at(-1)));
  }

  const comments = (caseId: string) =>
    (emulator.service.state.cases.get(caseId)?.items ?? []).map(({ content }) => content.comment?.body);
  /** What the service should have of them, each once and in order. */
  function assertAllThere(): void {
    assert.deepEqual(
      comments(freezer.id),
      ids.filter((_, index) => index % 2 === 0),
    );
    assert.deepEqual(
      comments(pump.id),
      ids.filter((_, index) => index % 2 === 1),
    );
  }
  /** Lets the service work again, and waits until each message has one result, which is an ARN. */
  async function assertAllDelivered(): Promise<void> {
    emulator.setFaults([]);
    const results = await nodeRed.resultsOf(ids.length);
    assert.deepEqual(results.map(({ id }) => id).toSorted(), ids.toSorted());
    for (const { payload } of results) assert.match(String(payload), /^arn:/);
    assertAllThere();
  }

  it('survive kill -9, and go on by themselves in order for each case', async () => {
    await nodeRed.start();
    await postAllAndWrite();
    await nodeRed.kill();
    await nodeRed.start();
    await assertAllDelivered();
  });

  it('survive a proper stop without a word about CLOSED', async () => {
    await nodeRed.start();
    await postAllAndWrite();
    const { log } = nodeRed;
    await nodeRed.stop();
    assert.doesNotMatch(log, /CLOSED|given up/);
    await nodeRed.start();
    await assertAllDelivered();
  });

  it('go on after deploys of everything, of a changed domain and of changed credentials, and after a stop and a start', async () => {
    nodeRed.settings = { runtimeState: { enabled: true, ui: true } };
    await nodeRed.start();
    await postAllAndWrite();
    await nodeRed.deploy(flow());
    await nodeRed.deploy(flow({ burst: 50, deadlineSeconds: 3600 }), 'nodes');
    const otherKeys = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other' };
    await nodeRed.deploy(
      flow().map((node) => ('credentials' in node ? { ...node, credentials: otherKeys } : node)),
      'nodes',
    );
    await nodeRed.setFlows('stop');
    await nodeRed.setFlows('start');
    assert.doesNotMatch(nodeRed.log, /CLOSED|given up/);
    await assertAllDelivered();
  });

  it('are counted below their node again', async () => {
    const told =
      "if (msg.status.key === 'waiting') global.get('append')({ id: 'waiting', payload: msg.status.count });";
    const watching = [
      { id: 'watch', type: 'status', scope: ['item'], wires: [['tell']] },
      { id: 'tell', type: 'function', func: told, outputs: 0, wires: [] },
    ].map((node) => ({ ...node, z: 'tab', x: 0, y: 0 }));
    nodeRed.change([...flow(), ...watching]);
    await nodeRed.start();
    await postAllAndWrite();
    await nodeRed.kill();
    const before = nodeRed.results().length;
    await nodeRed.start();
    const counts = () =>
      nodeRed
        .results()
        .slice(before)
        .map(({ payload }) => payload);
    while (!counts().includes(ids.length)) await pause(50);
  });

  it('come back as they were, but for what can not be written down, which the log says', async () => {
    const around = flow({ ambiguous: 'resend' }).map((node) => {
      const { id } = node as { id: string };
      const given =
        "{ ...msg.payload, bytes: Buffer.from('ü'), at: new Date(0), seen: new Map([[1, msg.payload]]), req: msg.req }";
      const told =
        '[Buffer.isBuffer(msg.bytes) && String(msg.bytes), msg.at.getTime(), msg.seen.get(1).id, msg.req === undefined]';
      if (id === 'unpack') return { ...node, func: `return ${given};` };
      return id === 'record'
        ? { ...node, func: `global.get('append')({ id: msg.id, payload: ${told} });` }
        : node;
    });
    nodeRed.change(around);
    await nodeRed.start();
    emulator.setFaults(['503']);
    await nodeRed.post({ id: 'm1', payload: 'x', caseId: freezer.id });
    await nodeRed.written('m1');
    await nodeRed.logs(/can't be written down/);
    await nodeRed.kill();
    emulator.setFaults([]);
    await nodeRed.start();
    const [result] = await nodeRed.resultsOf(1);
    assert.deepEqual(result?.payload, ['ü', 0, 'm1', true]);
  });

  it('still answer the HTTP requests that they came by where a deploy came in between', async () => {
    const place = { z: 'tab', x: 0, y: 0 };
    const answering = [
      ...flow().map((node) => {
        const { id } = node as { id: string };
        if (id === 'in') return { ...node, wires: [['unpack']] };
        if (id === 'unpack') return { ...node, func: 'return { ...msg.payload, res: msg.res };' };
        return id === 'item' ? { ...node, wires: [['answer', 'record']] } : node;
      }),
      { id: 'answer', type: 'http response', statusCode: '202', wires: [], ...place },
    ];
    nodeRed.change(answering);
    await nodeRed.start();
    emulator.setFaults(['503']);
    const answered = nodeRed.post({ id: 'm1', payload: 'm1', caseId: freezer.id });
    await nodeRed.written('m1');
    await nodeRed.deploy(answering);
    emulator.setFaults([]);
    await answered;
    assert.deepEqual(comments(freezer.id), ['m1']);
  });

  it('wait while Node-RED is in safe mode, until a deploy', async () => {
    await nodeRed.start();
    await postAllAndWrite();
    await nodeRed.kill();
    nodeRed.settings = { safeMode: true };
    await nodeRed.start();
    emulator.setFaults([]);
    await nodeRed.deploy(flow());
    await assertAllDelivered();
  });

  it('wait while their flow is disabled, also over a restart', async () => {
    await nodeRed.start();
    await postAllAndWrite();
    const disabled = flow().map((node) =>
      (node as { type: string }).type === 'tab' ? { ...node, disabled: true } : node,
    );
    await nodeRed.deploy(disabled);
    emulator.setFaults([]);
    await nodeRed.stop();
    await nodeRed.start();
    await nodeRed.deploy(flow());
    await assertAllDelivered();
  });

  it('are delivered though their node was deleted, and the log has their ARNs', async () => {
    nodeRed.settings = { runtimeState: { enabled: true, ui: true } };
    await nodeRed.start();
    await postAllAndWrite();
    await nodeRed.deploy(flow().filter((node) => (node as { id: string }).id !== 'item'));
    const all = new Promise<void>((resolve) => {
      emulator.service.onChange(
        () => comments(freezer.id).length + comments(pump.id).length === ids.length && resolve(),
      );
    });
    emulator.setFaults([]);
    await all;
    await nodeRed.setFlows('stop');
    await nodeRed.logs(/12 messages have ended.*created as arn:\S+: \w+;/);
    assertAllThere();
    assert.deepEqual(nodeRed.results(), []);
  });

  it('stay in the file where their domain node was deleted, and the log says what to do', async () => {
    await nodeRed.start();
    await postAllAndWrite();
    // The log is right also of a domain node that a deploy before has left where it was.
    await nodeRed.deploy(flow());
    const without = flow().filter((node) => !['local-domain', 'item'].includes((node as { id: string }).id));
    await nodeRed.deploy(without);
    await nodeRed.logs(/12 messages wait for a domain node that is not there any more/);
    emulator.setFaults([]);
    await nodeRed.deploy(flow());
    await assertAllDelivered();
  });

  it('stay in the file where their domain is to keep messages in memory from now on, and the log says what to do', async () => {
    await nodeRed.start();
    await postAllAndWrite();
    await nodeRed.deploy(flow({ store: 'memory' }));
    await nodeRed.logs(
      /12 messages wait on disk as long as this domain keeps messages in memory\. Set it to/,
    );
    emulator.setFaults([]);
    await nodeRed.deploy(flow());
    await assertAllDelivered();
  });

  it('wait in memory where another Node-RED has the user directory, which the log says', async () => {
    await nodeRed.start();
    const second = nodeRed.beside();
    await second.start();
    await second.logs(/wait in memory only.*used by another Node-RED/);
    await second.kill();
    assert.equal(statSync(join(nodeRed.userDir, fileName)).mode & 0o777, 0o600, 'for its owner alone');
  });

  it('go on in another Node-RED in the user directory once the first has ended', async () => {
    await nodeRed.start();
    await postAllAndWrite();
    const second = nodeRed.beside();
    await second.start();
    await second.logs(/used by another Node-RED/);
    await nodeRed.kill();
    await second.logs(/can be used now/);
    nodeRed = second;
    await assertAllDelivered();
  });

  it('wait in memory where there can be no file, which the log says', async () => {
    mkdirSync(join(nodeRed.userDir, fileName));
    await nodeRed.start();
    await nodeRed.logs(/wait in memory only/);
    await postAll();
    await assertAllDelivered();
  });

  it('are told about in the log where they are chosen to wait in memory', async () => {
    nodeRed.change(flow({ store: 'memory' }));
    await nodeRed.start();
    await postAll();
    await nodeRed.deploy(flow({ store: 'memory', name: 'changed' }));
    const results = await nodeRed.resultsOf(ids.length);
    assert.ok(results.every(({ error }) => error?.code === 'CLOSED'));
  });
});
