import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { injectId } from '../../src/demo/flow';
import { freePort } from '../support/node-red';
import { copyOfSources, Program, remove } from './copy';

describe('npm run dev', function () {
  this.timeout(90_000);
  let copy: string;
  let program: Program;

  before(async () => {
    copy = await copyOfSources();
    // Node-RED leaves it and takes it again.
    program = new Program(copy, 'src/demo/dev.ts', '--port', String(await freePort()));
  });
  after(async () => {
    await program?.kill();
    await remove(copy);
  });

  const says = (pattern: RegExp) => program.says(pattern);
  const nodeRedRuns = () => says(/Node-RED with the demo flow: +(http:\S+)\n/);
  const change = async (path: string, from: string, to: string) => {
    const file = join(copy, path);
    await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  };
  const get = async (path: string, accept = 'application/json') =>
    (await fetch(path, { headers: { accept } })).text();

  /** Waits until the page of the local service has this text. */
  const pageShows = async (text: string) => {
    const { body } = await fetch(`${service}/events`);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    let shown = '';
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      shown += part.value;
      if (shown.includes(text)) return reader?.cancel();
    }
    throw new Error(`The page ended without '${text}'`);
  };

  let service: string;
  let nodeRed: string;

  it('starts the local service and Node-RED with the demo flow', async () => {
    service = await says(/Local Cases service: +(http:\S+)\n/);
    nodeRed = await nodeRedRuns();
    assert.match(await get(`${nodeRed}flows`), /Connect Cases demo/);
  });

  it('keeps other websites out, since there is no login', async () => {
    const { port, host } = new URL(nodeRed);
    const status = (path: string, headers: Record<string, string>) =>
      new Promise<number | undefined>((answered, failed) => {
        request({ host: '127.0.0.1', port, path, headers }, (response) => {
          response.resume();
          answered(response.statusCode);
        })
          .on('upgrade', ({ statusCode }, socket) => {
            socket.destroy();
            answered(statusCode);
          })
          .on('error', failed)
          .end();
      });
    const upgrade = {
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const own = { host, origin: `http://${host}` };
    assert.equal(await status('/flows', own), 200);
    assert.equal(await status('/comms', { ...own, ...upgrade }), 101);
    for (const headers of [
      { host: 'evil.example' },
      { host, origin: 'https://evil.example' },
      { host, origin: 'null' },
    ]) {
      assert.equal(await status('/flows', headers), 403);
      await assert.rejects(status('/comms', { ...headers, ...upgrade }));
    }
  });

  it('shows a changed text after a start by itself, with the flow as it was deployed, and the items', async () => {
    await fetch(`${nodeRed}inject/${injectId('comment')}`, { method: 'POST' });
    await pageShows('Freezer 7 is at -11');
    const flow = (await get(`${nodeRed}flows`)).replace('Connect Cases demo', 'My flow');
    const headers = { 'content-type': 'application/json' };
    await fetch(`${nodeRed}flows`, { method: 'POST', headers, body: flow });

    await change('locales/en-US/comment.json', '"create comment"', '"note it down"');
    await says(/Changed: locales.en-US.comment\.json/);
    assert.equal(await nodeRedRuns(), nodeRed);
    assert.match(await get(`${nodeRed}nodes/messages?lng=en-US`), /note it down/);
    assert.match(await get(`${nodeRed}flows`), /My flow/);
    await pageShows('Freezer 7 is at -11');
  });

  it('prints what is wrong with a change, keeps Node-RED as it is, and goes on when it is mended', async () => {
    const color =
      /color: '(#\w+)'/.exec(await readFile(join(copy, 'nodes/related-items/comment.ts'), 'utf8'))?.[1] ?? '';
    await change('nodes/related-items/comment.ts', `'${color}'`, `#oops '${color}'`);
    await says(/comment\.ts[\s\S]*It could not be built/);
    assert.match(await get(`${nodeRed}nodes`, 'text/html'), new RegExp(color));

    await change('nodes/related-items/comment.ts', `#oops '${color}'`, "'#123456'");
    await nodeRedRuns();
    assert.match(await get(`${nodeRed}nodes`, 'text/html'), /#123456/);
  });

  it('says so when Node-RED ends by itself, and starts it again after the next change', async () => {
    await change('src/demo/once.ts', 'import', '#oops import');
    await says(/once\.ts[\s\S]*Node-RED has ended/);
    await change('src/demo/once.ts', '#oops import', 'import');
    await nodeRedRuns();
  });

  it('takes a change while Node-RED is still starting, however long that takes', async () => {
    await change(
      'src/demo/node-red.ts',
      'await RED.start();',
      "console.log('asleep'); await once(RED.events, 'never');",
    );
    await says(/node-red\.ts[\s\S]*asleep/);
    await change(
      'src/demo/node-red.ts',
      "console.log('asleep'); await once(RED.events, 'never');",
      'await RED.start();',
    );
    await nodeRedRuns();
  });

  it('ends with all that it started', async () => {
    const code = await program.stop();
    if (process.platform !== 'win32') assert.equal(code, 0);
    for (const url of [nodeRed, service]) await assert.rejects(fetch(url));
  });
});
