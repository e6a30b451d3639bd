/**
 * `npm start`: the local Cases service and a Node-RED with this package and a flow to try, both on
 * loopback. With `--once`: presses each button of that flow, prints the ARNs and stops. With `--reset`: begins with a
 * new flow. With `--service URL`: Node-RED alone, for a local service that runs already.
 */
import { rm } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { relatedItems } from '../../nodes/related-items';
import { type Emulator, startEmulator } from '../emulator';
import { demo } from '../emulator/seed/demo';
import { credentialsId, demoFlow, endpointVariable } from './flow';
import { prepareUserDir, type RunningNodeRed, startNodeRed } from './node-red';
import { runOnce } from './once';
import { freePort, usualPort } from './ports';

const root = resolve(__dirname, '../..');

interface Running {
  readonly nodeRed: RunningNodeRed;
  /** Not there where one ran already. */
  readonly service: Emulator | undefined;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      port: { type: 'string' },
      service: { type: 'string' },
    },
  });
  let running: Running | undefined;
  if (!values.once) stopWhenTold(() => running);

  const userDir = resolve(root, values.once ? '.demo/once' : '.demo/user');
  if (values.once || values.reset) await rm(userDir, { recursive: true, force: true });
  const wanted = values.once ? 0 : Number(values.port ?? usualPort.nodeRed);
  running = await start(userDir, wanted, values.service);
  if (values.once) {
    await printArns(running.nodeRed).finally(() => running && stop(running));
    return;
  }
  const { nodeRed, service } = running;
  if (wanted && Number(new URL(nodeRed.url).port) !== wanted)
    console.log(`Port ${wanted} is in use, so Node-RED listens on another.`);
  console.log(`Node-RED with the demo flow:  ${nodeRed.url}`);
  if (!service) return;
  const folder = relative(process.cwd(), userDir);
  console.log(`Local Cases service:          ${service.url}`);
  console.log(`\nThe flow is kept in ${folder}, the cases until you stop both with Ctrl+C.`);
  console.log('Begin again with a new flow: npm start -- --reset');
}

/** Starts the local service, unless one runs at `serviceUrl`, and Node-RED on `wantedPort` or, where it is taken, another. */
async function start(userDir: string, wantedPort: number, serviceUrl: string | undefined): Promise<Running> {
  // The AWS SDK tells of Node.js versions in nine lines; the engines of package.json say the same.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const service = serviceUrl
    ? undefined
    : await startEmulator({ port: await freePort(wantedPort && usualPort.service) });
  process.env[endpointVariable] = serviceUrl ?? service?.url;
  await prepareUserDir(userDir, root, {
    flow: demoFlow(demo),
    credentials: { [credentialsId]: { accessKeyId: 'demo', secretAccessKey: 'demo' } },
  });
  return { service, nodeRed: await startNodeRed({ userDir, port: await freePort(wantedPort) }) };
}

async function printArns(nodeRed: RunningNodeRed): Promise<void> {
  const bases = Object.values(relatedItems).map((item) => item.base);
  for (const arn of await runOnce(nodeRed, bases)) console.log(arn);
}

async function stop({ nodeRed, service }: Running): Promise<void> {
  await nodeRed.stop();
  await service?.close();
}

/**
 * Ends the program on Ctrl+C, and when `npm run dev` wants the next one, whenever that is: what is still starting has
 * nothing to finish.
 */
function stopWhenTold(running: () => Running | undefined): void {
  const end = () => {
    const both = running();
    void (both ? stop(both) : Promise.resolve()).finally(() => process.exit(0));
  };
  if (process.connected === false) end();
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(event as 'SIGINT', end);
}

main().then(
  () => process.argv.includes('--once') && process.exit(0),
  (error) => {
    console.error(`The demo could not run: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);
