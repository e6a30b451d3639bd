import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { lookUpPath } from '../../src/definition/look-up-protocol';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { findBrowser, launch, secondTry } from '../support/browser';
import { configNodes, deploy, keys } from '../support/deployed-flow';
import { type NodeRed, startNodeRed } from '../support/node-red';

const itemTypes = ['comment', 'contact', 'file', 'sla', 'connect-case', 'custom'];

describe('the browser', function () {
  this.timeout(180_000);
  let service: Emulator;
  let nodeRed: NodeRed;
  let browser: Browser;
  beforeEach(secondTry);
  before(async function () {
    const executable = findBrowser();
    if (!executable) return this.skip();
    service = await startEmulator();
    nodeRed = await startNodeRed();
    browser = await launch(executable);
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
    await service?.close();
  });

  it('talks to Node-RED alone, and gets no secret from it, while all forms are open and keys are tried', async () => {
    await deploy(nodeRed.url, [
      ...configNodes(service.url, demo),
      ...itemTypes.map((base) => ({
        id: base,
        type: `connect-cases-${base}`,
        z: 'tab',
        x: 0,
        y: 0,
        domain: 'local-domain',
        wires: [[]],
      })),
    ]);
    const page = await browser.newPage();
    const addresses: string[] = [];
    const answers: Promise<string>[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    page.on('websocket', (socket) => addresses.push(socket.url()));
    page.on('response', (response) => answers.push(response.text().catch(() => '')));
    await page.goto(nodeRed.url);
    await page.waitForFunction(`window.RED?.nodes?.node?.('custom')?.valid !== undefined`);

    const form = page.locator('.red-ui-tray .connect-cases');
    const closeForm = async () => {
      await page.evaluate('new Promise((closed) => RED.tray.close(closed))');
      await form.waitFor({ state: 'detached' });
    };
    for (const id of itemTypes) {
      await page.evaluate(`RED.editor.edit(RED.nodes.node('${id}'))`);
      await form.waitFor();
      await closeForm();
    }
    for (const [base, id] of [
      ['credentials', 'local-keys'],
      ['domain', 'local-domain'],
    ]) {
      await page.evaluate(`RED.editor.editConfig('', 'connect-cases-${base}', '${id}')`);
      await form.waitFor();
      await form.locator('.connect-cases-test').click();
      await form.locator('.connect-cases-report', { hasText: 'cases:ListDomains' }).waitFor();
      await closeForm();
    }

    const { host } = new URL(nodeRed.url);
    assert.ok(addresses.some((address) => address.endsWith(`${lookUpPath}/test`)));
    assert.deepEqual(
      addresses.filter((address) => !address.startsWith('data:') && new URL(address).host !== host),
      [],
    );
    for (const text of await Promise.all(answers)) assert.ok(!text.includes(keys.secretAccessKey));
  });
});
