/**
 * `npm run dev`: the demo, built and started again whenever something changes that Node-RED loads. The local service
 * goes on with its data meanwhile, and the flow stays as it was deployed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { watch } from 'chokidar';
import { startEmulator } from '../emulator';
import { freePort, usualPort } from './ports';

const root = resolve(__dirname, '../..');
const watched = ['nodes', 'src', 'locales', 'icons', 'examples', 'package.json'];
/** Milliseconds in which an editor may save several files as one change. */
const settleMs = 100;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: String(usualPort.nodeRed) } } });
  const port = await freePort(Number(values.port));
  const service = await startEmulator({ port: await freePort(values.port === '0' ? 0 : usualPort.service) });
  console.log(`Local Cases service:          ${service.url}`);

  let nodeRed: ChildProcess | undefined;
  let changed = false;
  let stopping = false;
  let working: Promise<void> | undefined;

  const startNodeRed = () => {
    const child = run('src/demo/index.ts', '--port', String(port), '--service', service.url);
    child.once('exit', () => {
      if (nodeRed === child && !stopping) console.error('Node-RED has ended; waiting for a change.');
    });
    nodeRed = child;
  };
  const stopNodeRed = async () => {
    const child = nodeRed;
    nodeRed = undefined;
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    if (child.connected) child.disconnect();
    await ended;
  };
  const work = async () => {
    while (changed && !stopping) {
      await wait(settleMs);
      changed = false;
      if (!(await build())) {
        console.error('It could not be built. Node-RED goes on as it was; waiting for a change.');
        continue;
      }
      await stopNodeRed();
      if (!stopping) startNodeRed();
    }
  };
  const buildAndRun = () => {
    changed = true;
    working ??= work().finally(() => {
      working = undefined;
    });
  };
  const watcher = watch(watched, { cwd: root, ignoreInitial: true }).on('all', (_event, path) => {
    console.log(`\nChanged: ${path}`);
    buildAndRun();
  });
  await once(watcher, 'ready');
  console.log(`Watching ${watched.join(', ')}. Stop with Ctrl+C.`);
  buildAndRun();

  const stop = async () => {
    stopping = true;
    await watcher.close();
    await working;
    await stopNodeRed();
    await service.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(0)));
  }
}

/** Builds in a process of its own, since the build itself may have changed; false where it failed. */
async function build(): Promise<boolean> {
  const [code] = await once(run('src/build/index.ts', '--quiet'), 'exit');
  return code === 0;
}

/** Runs a program of this repository with the loader that runs this one. */
const run = (program: string, ...args: string[]): ChildProcess =>
  fork(resolve(root, program), args, { cwd: root });

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
