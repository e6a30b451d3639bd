import { after, afterEach, before, beforeEach } from 'mocha';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { findBrowser, launch, secondTry } from '../support/browser';
import { configNodes, deploy } from '../support/deployed-flow';
import { EditorPage } from '../support/editor-page';
import { type NodeRed, startNodeRed } from '../support/node-red';

/** What tests that open editors by themselves share, there from the first one on. */
export interface Servers {
  readonly emulator: Emulator;
  readonly nodeRed: NodeRed;
  readonly browser: Browser;
}

/** The same with an editor that is open: what the browser tests of most files share. */
export interface Session extends Servers {
  readonly editor: EditorPage;
}

/** What is deployed before the editor opens, for the local service at `endpoint`. */
type Flow = (endpoint: string) => readonly object[];

/** The domain of the local service, for nodes that a test drags in. */
export const demoDomain: Flow = (endpoint) => configNodes(endpoint, demo);

/** Starts a local service, a Node-RED and a browser before the tests of the block, and stops them after. */
export function startServers(flow?: Flow): Servers {
  const servers: { -readonly [Part in keyof Servers]?: Servers[Part] } = {};
  before(async function () {
    const executable = findBrowser();
    if (!executable) {
      console.log('    No Chromium or Chrome was found (CHROME_PATH names one): these tests are skipped.');
      this.skip();
    }
    servers.emulator = await startEmulator({ quota: 'unlimited' });
    servers.nodeRed = await startNodeRed();
    if (flow) await deploy(servers.nodeRed.url, flow(servers.emulator.url));
    servers.browser = await launch(executable);
  });
  beforeEach(secondTry);
  after(async () => {
    await servers.browser?.close();
    await servers.nodeRed?.stop();
    await servers.emulator?.close();
  });
  return servers as Servers;
}

/** The same, and opens an editor; a form that is open when a test fails is closed. */
export function startSession(flow?: Flow, page: BrowserContextOptions = {}): Session {
  const session: Servers & { editor?: EditorPage } = startServers(flow);
  before(async () => {
    session.editor = await EditorPage.open(session.browser, session.nodeRed, page);
  });
  afterEach(async function () {
    if (!this.currentTest?.isPassed()) await session.editor?.cancelAll();
  });
  return session as Session;
}
