import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo } from '../../src/emulator';
import { configNodes } from '../support/deployed-flow';
import { linkPackage, startIn } from '../support/node-red';
import {
  itemNodes,
  refused,
  configNodes as runtimeNodes,
  startFlow,
  stopFlow,
} from '../support/runtime-flow';

describe('where messages wait', function () {
  this.timeout(60_000);
  it('is said once in the log where it has to be in memory, however many domains there are, with the file of another Node.js', async () => {
    const userDir = await mkdtemp(join(tmpdir(), 'connect-cases-store-'));
    await linkPackage(userDir);
    await writeFile(join(userDir, 'connect-cases.sqlite'), '');
    const nodes = configNodes('http://127.0.0.1:1', demo).map(
      ({ credentials, ...node }: { credentials?: object; id: string }) => node,
    );
    const second = nodes.filter(({ id }) => id === 'local-domain').map((node) => ({ ...node, id: 'second' }));
    await writeFile(join(userDir, 'flows.json'), JSON.stringify([...nodes, ...second]));
    const keys = { 'local-keys': { accessKeyId: 'AKIATEST', secretAccessKey: 'x' } };
    await writeFile(join(userDir, 'flows_cred.json'), JSON.stringify(keys));
    const nodeRed = await startIn(userDir, { credentialSecret: false });
    const said = () =>
      nodeRed
        .log()
        .match(
          /\[info\] Connect Cases: messages wait in memory.*has no SQLite.*still waits in \S+connect-cases\.sqlite/g,
        ) ?? [];
    await nodeRed.end('SIGINT');
    await rm(userDir, { recursive: true });
    assert.equal(said().length, isBuiltin('node:sqlite') || process.env.NODE_RED_NODE ? 0 : 1);
  });

  it('is on disk or in memory, and nothing else', async () => {
    await startFlow([...runtimeNodes('http://127.0.0.1:1', { store: 'tape' }), ...itemNodes('comment')]);
    const { code, field, message } = await refused({ caseId: 'c1', payload: 'x' });
    await stopFlow();
    assert.deepEqual([code, field], ['NOT_CONFIGURED', 'store']);
    assert.match(String(message), /store is "tape"\. Set it to disk or memory\./);
  });
});
