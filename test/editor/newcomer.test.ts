import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../src/emulator';
import { EditorPage } from '../support/editor-page';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { type Cost, Newcomer } from './newcomer';
import { startSession } from './session';

const arn = /^"arn:aws:cases:us-east-1:/;

/** From an empty editor, with the keys of an AWS account that has one domain: what the note's table says. */
describe('what the first results cost a newcomer', function () {
  this.timeout(300_000);
  const session = startSession();
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator({ quota: 'unlimited' });
  });
  after(() => emulator?.close());

  /** Counts what it takes a person in an editor that is empty. */
  async function costs(
    env: Record<string, string>,
    walk: (newcomer: Newcomer, editor: EditorPage) => Promise<Cost>,
  ): Promise<Cost> {
    let nodeRed: NodeRed | undefined;
    let editor: EditorPage | undefined;
    try {
      nodeRed = await startNodeRed(
        {},
        { AWS_ENDPOINT_URL_CONNECTCASES: emulator.url, AWS_REGION: '', AWS_DEFAULT_REGION: '', ...env },
      );
      editor = await EditorPage.open(session.browser, nodeRed);
      const cost = await walk(new Newcomer(editor), editor);
      assert.deepEqual(editor.errors, []);
      return cost;
    } finally {
      await editor?.close();
      await nodeRed?.stop();
    }
  }

  async function firstArn(newcomer: Newcomer): Promise<Cost> {
    const button = await newcomer.lay('comment', 60);
    await newcomer.addDomain();
    await newcomer.fixCase();
    assert.match(await newcomer.run(button), arn);
    return newcomer.cost;
  }

  it('the first ARN: 15 clicks, 3 texts, 2 trays', async () => {
    assert.deepEqual(await costs({}, firstArn), { clicks: 15, texts: 3, trays: 2 });
  });

  it('the first ARN, where the environment names the region: 14 clicks, 2 texts, 2 trays', async () => {
    assert.deepEqual(await costs({ AWS_REGION: 'us-east-1' }, firstArn), { clicks: 14, texts: 2, trays: 2 });
  });

  it('then the first SLA: 12 clicks, 2 texts, 1 tray; then the first custom item: 13 clicks, 2 texts, 1 tray', async () => {
    await costs({}, async (newcomer, editor) => {
      await firstArn(newcomer);
      const sla = new Newcomer(editor);
      const button = await sla.lay('sla', 140);
      await sla.fixCase();
      await sla.describeSla();
      assert.match(await sla.run(button), arn);
      const custom = new Newcomer(editor);
      const next = await custom.lay('custom', 220);
      await custom.fixCase();
      await custom.describeCustom();
      assert.match(await custom.run(next), arn);
      assert.deepEqual(sla.cost, { clicks: 12, texts: 2, trays: 1 });
      assert.deepEqual(custom.cost, { clicks: 13, texts: 2, trays: 1 });
      return newcomer.cost;
    });
  });
});
