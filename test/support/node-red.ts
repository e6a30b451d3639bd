import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json';
import { installPacked } from './pack';

const root = resolve(__dirname, '../..');

/** A Node-RED in a process of its own, with the package in a fresh user directory. */
export interface NodeRed {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts Node-RED on a free loopback port and waits until it answers. Which one: `NODE_RED` is the folder
 * of the module, `NODE_RED_NODE` the Node.js to run it with; unless set, the ones of this project.
 * `env` is added to the environment; `install` puts the package into the user directory, unless given as a link to
 * what was built or, for the pictures of the documentation, as it is published.
 */
export async function startNodeRed(
  settings: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
  install: (userDir: string) => Promise<unknown> = process.env.SCREENSHOTS ? installPacked : linkPackage,
): Promise<NodeRed> {
  const userDir = await mkdtemp(join(tmpdir(), 'connect-cases-'));
  await install(userDir);
  const { url, end } = await startIn(userDir, settings, env);
  return {
    url,
    async stop() {
      await end('SIGINT');
      await rm(userDir, { recursive: true, force: true });
    },
  };
}

/** A Node-RED in a user directory that outlives it. */
export interface NodeRedProcess {
  readonly url: string;
  readonly pid: number;
  /** What it has written to its log. */
  readonly log: () => string;
  /** Ends it, and resolves when it is gone: `SIGKILL` gives it no time for anything. */
  end(signal: 'SIGINT' | 'SIGKILL'): Promise<void>;
}

/** Starts Node-RED in `userDir`, where the package is installed, and waits until its flows run. `settingsCode` is added to its settings. */
export async function startIn(
  userDir: string,
  settings: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
  settingsCode = '',
): Promise<NodeRedProcess> {
  // Node-RED 5 shows its first tip before there is a place for it where the page loads slowly.
  const noTips = { _: { editor: { view: { 'view-show-tips': false } } } };
  await writeFile(join(userDir, '.config.users.json'), JSON.stringify(noTips));
  const port = await freePort();
  await writeFile(
    join(userDir, 'settings.js'),
    `module.exports = ${JSON.stringify({
      uiHost: '127.0.0.1',
      uiPort: port,
      flowFile: 'flows.json',
      credentialSecret: 'test',
      telemetry: { enabled: false, updateNotification: false },
      externalModules: { palette: { allowInstall: false } },
      // The usual editor of code is as heavy as all the rest of the page together, and no node of ours has code.
      editorTheme: { tours: false, codeEditor: { lib: 'ace' } },
      ...settings,
    })};${settingsCode}`,
  );
  const module = env.NODE_RED ?? process.env.NODE_RED ?? resolve(root, 'node_modules/node-red');
  const child = spawn(
    env.NODE_RED_NODE ?? process.env.NODE_RED_NODE ?? process.execPath,
    [join(module, 'red.js'), '--userDir', userDir, '--settings', join(userDir, 'settings.js')],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  const adminRoot = typeof settings.httpAdminRoot === 'string' ? settings.httpAdminRoot : '/';
  const url = `http://127.0.0.1:${port}${adminRoot.replace(/\/?$/, '/')}`;
  const log = await untilStarted(child);
  return {
    url,
    pid: child.pid as number,
    log,
    async end(signal) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
    },
  };
}

/** Puts the package into a user directory as a link to what was built. */
export async function linkPackage(userDir: string): Promise<void> {
  const folder = join(userDir, 'node_modules', packageJson.name);
  await mkdir(join(folder, '..'), { recursive: true });
  await symlink(root, folder, 'junction');
  await writeFile(
    join(userDir, 'package.json'),
    JSON.stringify({ name: 'test', private: true, dependencies: { [packageJson.name]: '*' } }),
  );
}

/** Resolves with what gives the log. */
function untilStarted(child: ChildProcess): Promise<() => string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const read = (data: Buffer) => {
      log += data.toString();
      if (/Started flows|safe mode/.test(log) && log.includes('Server now running')) resolve(() => log);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`Node-RED ended with ${code}:\n${log}`)));
  });
}

const ports = { first: 20_000, last: 31_999 };
let lastPort = randomInt(ports.first, ports.last);

/**
 * A port of loopback that nothing listens at; below those that a system gives to connections and to whoever asks for
 * port 0, and never the one that was given before, so that nobody gets it until it is used.
 */
export async function freePort(): Promise<number> {
  lastPort = lastPort < ports.last ? lastPort + 1 : ports.first;
  const port = lastPort;
  return (await canListen(port)) ? port : freePort();
}

const canListen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
