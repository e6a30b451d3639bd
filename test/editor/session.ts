import { after, before } from 'mocha';
import type { Browser } from 'playwright-core';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator';
import { findBrowser, launch } from '../support/browser';
import { EditorPage } from '../support/editor-page';
import { type NodeRed, startNodeRed } from '../support/node-red';

/** What the browser tests of a file share, there from its first test on. */
export interface Session {
  readonly emulator: Emulator;
  readonly nodeRed: NodeRed;
  readonly browser: Browser;
  readonly editor: EditorPage;
}

/** Starts a local service, a Node-RED and a browser before the tests of the block, and stops them after. */
export function startSession(options: EmulatorOptions = { quota: 'unlimited' }): Session {
  const session: { -readonly [Part in keyof Session]?: Session[Part] } = {};
  before(async function () {
    const executable = findBrowser();
    if (!executable) {
      console.log('    No Chromium or Chrome was found (CHROME_PATH names one): these tests are skipped.');
      this.skip();
    }
    session.emulator = await startEmulator(options);
    session.nodeRed = await startNodeRed();
    session.browser = await launch(executable);
    session.editor = await EditorPage.open(session.browser, session.nodeRed);
  });
  after(async () => {
    await session.browser?.close();
    await session.nodeRed?.stop();
    await session.emulator?.close();
  });
  return session as Session;
}
