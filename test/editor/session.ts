import { after, before } from 'mocha';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { findBrowser, launch } from '../support/browser';
import { configNodes, deploy } from '../support/deployed-flow';
import { EditorPage } from '../support/editor-page';
import { type NodeRed, startNodeRed } from '../support/node-red';

/** What the browser tests of a file share, there from its first test on. */
export interface Session {
  readonly emulator: Emulator;
  readonly nodeRed: NodeRed;
  readonly browser: Browser;
  readonly editor: EditorPage;
}

/** What is deployed before the editor opens, for the local service at `endpoint`. */
type Flow = (endpoint: string) => readonly object[];

/** The domain of the local service, for nodes that a test drags in. */
export const demoDomain: Flow = (endpoint) => configNodes(endpoint, demo);

/** Starts a local service, a Node-RED and a browser before the tests of the block, and stops them after. */
export function startSession(flow?: Flow, page: BrowserContextOptions = {}): Session {
  const session: { -readonly [Part in keyof Session]?: Session[Part] } = {};
  before(async function () {
    const executable = findBrowser();
    if (!executable) {
      console.log('    No Chromium or Chrome was found (CHROME_PATH names one): these tests are skipped.');
      this.skip();
    }
    session.emulator = await startEmulator({ quota: 'unlimited' });
    session.nodeRed = await startNodeRed();
    if (flow) await deploy(session.nodeRed.url, flow(session.emulator.url));
    session.browser = await launch(executable);
    session.editor = await EditorPage.open(session.browser, session.nodeRed, page);
  });
  after(async () => {
    await session.browser?.close();
    await session.nodeRed?.stop();
    await session.emulator?.close();
  });
  return session as Session;
}
