import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { injectId } from '../../src/demo/flow';

const root = resolve(__dirname, '../..');

describe('npm run dev', function () {
  this.timeout(90_000);
  let copy: string;
  let child: ChildProcess;
  let exit: Promise<unknown[]>;
  const heard = new EventEmitter();
  let output = '';
  let read = 0;

  before(async () => {
    copy = await mkdtemp(join(tmpdir(), 'connect-cases-dev-'));
    const left = ['node_modules', 'dist', 'test', 'docs'];
    const sources = (await readdir(root)).filter((name) => !left.includes(name) && !name.startsWith('.'));
    for (const name of sources) await cp(join(root, name), join(copy, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    child = spawn(process.execPath, ['--require', 'tsx/cjs', 'src/demo/dev.ts', '--port', '0'], {
      cwd: copy,
    });
    exit = once(child, 'exit');
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        output += data;
        heard.emit('more');
      });
    }
  });
  after(async () => {
    if (child?.exitCode === null) {
      child.kill('SIGKILL');
      await exit;
    }
    await rm(copy, { recursive: true, force: true });
  });

  /** Waits until the program says something that it had not said before the last call; gives what matched. */
  async function says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(output.slice(read));
      if (found) {
        read += found.index + found[0].length;
        return found[1] ?? found[0];
      }
      if (child.exitCode !== null) throw new Error(`It has ended:\n${output}`);
      await Promise.race([once(heard, 'more'), exit]);
    }
  }
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

  it('ends with all that it started', async () => {
    child.kill('SIGINT');
    const [code] = await exit;
    if (process.platform !== 'win32') assert.equal(code, 0);
    for (const url of [nodeRed, service]) await assert.rejects(fetch(url));
  });
});
