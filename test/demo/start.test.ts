import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ConnectCasesClient, SearchCasesCommand } from '@aws-sdk/client-connectcases';
import { injectId } from '../../src/demo/flow';
import { demo } from '../../src/emulator';
import { findBrowser, launch, secondTry } from '../support/browser';
import { EditorPage } from '../support/editor-page';
import { copyOfSources, Program, remove } from './copy';

const run = promisify(exec);

describe('npm start', function () {
  this.timeout(90_000);
  let copy: string;
  let program: Program;
  before(async () => {
    copy = await copyOfSources();
  });
  after(async () => {
    await program?.kill();
    await remove(copy);
  });
  const startDemo = (...args: string[]) => {
    program = new Program(copy, 'src/demo/index.ts', '--port', '0', ...args);
    return program.says(/Node-RED with the demo flow: +(http:\S+)\n/);
  };
  const flowFile = () => join(copy, '.demo', 'user', 'flows.json');

  it('prints with --once the ARN of one item of each node and nothing else, and stops', async () => {
    const { stdout, stderr } = await run('npm start --silent -- --once', { cwd: copy });
    const arns = stdout.trimEnd().split('\n');
    assert.equal(arns.length, 6);
    assert.equal(new Set(arns).size, 6);
    for (const arn of arns) {
      assert.match(
        arn,
        /^arn:aws:cases:us-east-1:123456789012:domain\/[^/]+\/case\/[^/]+\/related-item\/[^/]+$/,
      );
    }
    assert.equal(stderr, '');
  });

  it('begins with an alarm whose case is made, found the next time, and closed by the all-clear', async () => {
    const nodeRed = await startDemo();
    const service = await program.says(/Local Cases service: +(http:\S+)\n/);
    const client = new ConnectCasesClient({
      endpoint: service,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const equalTo = { id: demo.fields.machine, value: { stringValue: 'boiler-3' } };
    const search = { domainId: demo.domainId, filter: { field: { equalTo } }, fields: [{ id: 'status' }] };
    const statuses = async () => {
      const { cases = [] } = await client.send(new SearchCasesCommand(search));
      return cases.map((each) => each?.fields?.[0]?.value?.stringValue);
    };
    for (const [button, expected] of [
      ['demo-alarm', 'open'],
      ['demo-alarm', 'open'],
      ['demo-clear', 'closed'],
    ]) {
      await fetch(`${nodeRed}inject/${button}`, { method: 'POST' });
      while ((await statuses()).join() !== expected) await pause(50);
    }
    client.destroy();
    await program.kill();
  });

  it('prints the two addresses, where the flow is kept and how to begin again, and nothing else', async () => {
    const nodeRed = await startDemo();
    const service = await program.says(/Local Cases service: +(http:\S+)\n/);
    await program.says(/npm start -- --reset\n/);
    const pressed = await fetch(`${nodeRed}inject/${injectId('comment')}`, { method: 'POST' });
    assert.equal(pressed.status, 200);
    assert.equal(
      program.stdout,
      [
        `Node-RED with the demo flow:  ${nodeRed}`,
        `Local Cases service:          ${service}`,
        '',
        `The flow is kept in ${join('.demo', 'user')}, the cases until you stop both with Ctrl+C.`,
        'Begin again with a new flow: npm start -- --reset',
        '',
      ].join('\n'),
    );
    assert.equal(program.stderr, '');
    assert.deepEqual(
      (await readdir(join(copy, '.demo', 'user'))).filter((name) => name.endsWith('.new')),
      [],
    );
  });

  it('keeps a flow as it was changed, until it is told to begin again', async () => {
    await program.stop();
    const flow = await readFile(flowFile(), 'utf8');
    await writeFile(flowFile(), flow.replace('Connect Cases demo', 'My flow'));
    await startedAgain();
    assert.match(await readFile(flowFile(), 'utf8'), /My flow/);
    await program.stop();
    await startDemo('--reset');
    assert.equal(await readFile(flowFile(), 'utf8'), flow);
  });

  describe('in a browser', () => {
    beforeEach(secondTry);

    it('opens on the debug sidebar', async function () {
      const executable = findBrowser();
      if (!executable) this.skip();
      const nodeRed = await startedAgain();
      const browser = await launch(executable);
      try {
        const { page } = await EditorPage.open(browser, { url: nodeRed, stop: async () => {} });
        await page.locator('.red-ui-debug-content-list').waitFor();
      } finally {
        await browser.close();
      }
    });
  });

  async function startedAgain(): Promise<string> {
    await program.kill();
    return startDemo();
  }
});
