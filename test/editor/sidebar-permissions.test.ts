import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { findBrowser, launch, secondTry } from '../support/browser';
import { configNodes } from '../support/deployed-flow';
import { EditorPage } from '../support/editor-page';
import { login, users } from '../support/login';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { openSidebar, sidebarOf } from './sidebar';

describe('who may see what in the sidebar tab', function () {
  this.timeout(300_000);
  let emulator: Emulator;
  let nodeRed: NodeRed;
  let browser: Browser;
  let tokens: Record<string, string>;

  beforeEach(secondTry);
  before(async function () {
    const executable = findBrowser();
    if (!executable) this.skip();
    emulator = await startEmulator();
    nodeRed = await startNodeRed({ adminAuth: users });
    tokens = await login(nodeRed.url);
    await fetch(`${nodeRed.url}flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.owner}` },
      body: JSON.stringify(configNodes(emulator.url, demo)),
    });
    browser = await launch(executable);
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
    await emulator?.close();
  });

  /** What the tab says to a user, once it says this. */
  async function saidTo(user: string, text: string | RegExp): Promise<string> {
    const url = `${nodeRed.url}?access_token=${tokens[user]}`;
    const editor = await EditorPage.open(browser, { ...nodeRed, url });
    await openSidebar(editor);
    await sidebarOf(editor).getByText(text).first().waitFor();
    const said = await sidebarOf(editor).innerText();
    await editor.close();
    return said;
  }

  it('who may do all sees and changes all', async () => {
    const said = await saidTo('owner', 'Nothing failed.');
    assert.match(said, /Pause/);
    assert.doesNotMatch(said, /permission/);
  });

  it('who may only read sees all, and is told what is missing to change it', async () => {
    const said = await saidTo('reader', 'Nothing failed.');
    assert.match(said, /^You may look, but not change anything: the permission flows\.write is missing\./);
    assert.match(said, /Nothing to do/);
    assert.doesNotMatch(said, /Pause|Drop|Send|sensitive/);
  });

  it('who may not see the domain is told what is missing', async () => {
    const said = await saidTo('guest', /missing/);
    assert.equal(
      said.trim(),
      'You may not see or do this: the permission connect-cases-domain.read is missing.',
    );
  });
});
