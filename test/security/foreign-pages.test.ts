import assert from 'node:assert/strict';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { type LookUpRequest, lookUpPath } from '../../src/definition/look-up-protocol';
import { overviewPath } from '../../src/definition/overview/protocol';
import { demo, type Emulator, type SeenRequest, startEmulator } from '../../src/emulator';
import { findBrowser, launch, secondTry } from '../support/browser';
import { configNodes, deploy, untilFound } from '../support/deployed-flow';
import { type NodeRed, startNodeRed } from '../support/node-red';

const typedKeys = { accessKeyId: 'AKIAFOREIGN', secretAccessKey: 'foreign' };

describe('pages of other websites, where Node-RED has no login', function () {
  this.timeout(120_000);
  let service: Emulator;
  let nodeRed: NodeRed;
  const seen: SeenRequest[] = [];
  before(async () => {
    service = await startEmulator({ quota: 'unlimited', onRequest: (asked) => seen.push(asked) });
    nodeRed = await startNodeRed();
    await deploy(nodeRed.url, configNodes(service.url, demo));
  });
  beforeEach(() => {
    seen.length = 0;
  });
  after(async () => {
    await nodeRed?.stop();
    await service?.close();
  });

  const account = (): LookUpRequest => ({
    domain: { region: 'us-east-1', endpoint: service.url, domainId: demo.domainId },
    credentials: { method: 'keys', secrets: typedKeys },
  });
  /** The account as a form on a website can write it. */
  const asForm = () => [
    ...Object.entries(account().domain).map(([name, value]) => [`domain[${name}]`, String(value)]),
    ['credentials[method]', 'keys'],
    ...Object.entries(typedKeys).map(([name, value]) => [`credentials[secrets][${name}]`, value]),
  ];
  /** The status of the answer to a look-up with these headers. */
  const ask = (
    headers: Record<string, string>,
    body = JSON.stringify(account()),
    path = `${lookUpPath}/domains`,
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request(
        `${nodeRed.url}${path}`,
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0)),
      );
      asked.once('error', reject).end(body);
    });
  const { host: foreign, origin: foreignOrigin } = new URL('https://evil.example');

  it('can send no form that is taken: only JSON is', async () => {
    const form = new URLSearchParams(asForm()).toString();
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
    ]) {
      assert.equal(await ask({ 'content-type': type }, form), 415, type);
    }
    assert.equal(await ask({ 'content-type': 'text/plain' }), 415);
    assert.equal(seen.length, 0);
  });

  it('can send no JSON that is taken either', async () => {
    assert.equal(await ask({ origin: foreignOrigin }), 403);
    assert.equal(await ask({ origin: 'null' }), 403);
    assert.equal(await ask({ origin: `${nodeRed.url.slice(0, -1)}.evil.example` }), 403);
    assert.equal(await ask({ origin: foreignOrigin, 'sec-fetch-site': 'cross-site' }), 403);
    assert.equal(
      await ask({ origin: foreignOrigin, 'sec-fetch-site': 'cross-site', 'x-forwarded-host': foreign }),
      403,
      'a name that the page itself put into the request',
    );
    assert.equal(seen.length, 0);
  });

  it('can neither see the overview nor change anything there', async () => {
    const drop = JSON.stringify({ domain: 'local-domain', what: 'all' });
    for (const [route, body] of [
      ['figures', '{}'],
      ['drop', drop],
    ] as const) {
      const path = `${overviewPath}/${route}`;
      assert.equal(await ask({ origin: foreignOrigin }, body, path), 403);
      assert.equal(await ask({ 'content-type': 'text/plain' }, body, path), 415);
      const { origin } = new URL(nodeRed.url);
      const own = await untilFound(async () => ({ status: await ask({ origin }, body, path) }));
      assert.equal(own.status, 200, 'the editor');
    }
  });

  it('are told from the editor, also behind a reverse proxy, and from programs, which name no origin', async () => {
    const { host, origin } = new URL(nodeRed.url);
    assert.equal(await ask({}), 200, 'a program');
    assert.equal(await ask({ origin }), 200, 'the editor');
    assert.equal(
      await ask({ origin: 'https://flows.example', host: 'flows.example' }),
      200,
      'Host handed on',
    );
    const forwarded = { origin: 'https://flows.example:8443', host };
    assert.equal(await ask(forwarded), 403, 'nothing handed on');
    for (const name of ['flows.example:8443', 'flows.example:8443, inner.example', 'FLOWS.example:8443']) {
      assert.equal(await ask({ ...forwarded, 'x-forwarded-host': name }), 200, name);
    }
    assert.equal(await ask({ ...forwarded, 'sec-fetch-site': 'same-origin' }), 200, 'as the browser says');
  });

  describe('in a browser', () => {
    let browser: Browser;
    let website: Server;
    let address: string;
    let html = '';
    beforeEach(secondTry);
    before(async function () {
      const executable = findBrowser();
      if (!executable) return this.skip();
      browser = await launch(executable);
      website = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(html);
      }).listen(0, '127.0.0.1');
      await new Promise((listening) => website.once('listening', listening));
      address = `http://localhost:${(website.address() as AddressInfo).port}`;
    });
    after(async () => {
      await browser?.close();
      website?.closeAllConnections();
      website?.close();
    });
    const target = () => `${nodeRed.url}${lookUpPath}/domains`;

    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      it(`can't make Node-RED ask an address of their choice by a form (${type})`, async () => {
        const inputs =
          type === 'text/plain'
            ? `<input name='${JSON.stringify(account()).slice(0, -1)},"x":"' value='"}'>`
            : asForm()
                .map(([name, value]) => `<input name="${name}" value="${value}">`)
                .join('');
        html = `<form method="post" action="${target()}" enctype="${type}">${inputs}<button>Win</button></form>`;
        const page = await browser.newPage();
        await page.goto(address);
        const [answer] = await Promise.all([
          page.waitForResponse(target()),
          page.getByRole('button', { name: 'Win' }).click(),
        ]);
        assert.equal(answer.status(), 415);
        assert.equal(seen.length, 0);
        await page.close();
      });
    }

    it("can't do it by a script that sends JSON", async () => {
      html = '';
      const page = await browser.newPage();
      await page.goto(address);
      const answered = page
        .waitForResponse((response) => response.url() === target() && response.request().method() === 'POST')
        .then((response) => response.status());
      const refusedByCors = page
        .waitForEvent('requestfailed', (failed) => failed.url() === target())
        .then(() => 'never sent');
      await page.evaluate(
        ([url, body]) =>
          fetch(url as string, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-forwarded-host': location.host },
            body: body as string,
          }).catch(() => undefined),
        [target(), JSON.stringify(account())],
      );
      const outcome = await Promise.any([answered, refusedByCors]);
      assert.ok(outcome === 403 || outcome === 'never sent', String(outcome));
      assert.equal(seen.length, 0);
      await page.close();
    });
  });
});
