/**
 * `npm start`: the local Cases service and a Node-RED with this package and a flow to try, both on
 * loopback. With `--once`: presses each button of that flow, prints the ARNs and stops. With `--service URL`: Node-RED
 * alone, for a local service that runs already.
 */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { relatedItems } from '../../nodes/related-items';
import { startEmulator } from '../emulator';
import { demo } from '../emulator/state/seed';
import { credentialsId, demoFlow, endpointVariable } from './flow';
import { prepareUserDir, startNodeRed } from './node-red';
import { runOnce } from './once';
import { freePort, usualPort } from './ports';

const root = resolve(__dirname, '../..');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      port: { type: 'string' },
      service: { type: 'string' },
    },
  });
  const service =
    values.service === undefined
      ? await startEmulator({ port: await freePort(values.once ? 0 : usualPort.service) })
      : undefined;
  process.env[endpointVariable] = values.service ?? service?.url;

  const userDir = resolve(root, values.once ? '.demo/once' : '.demo/user');
  if (values.once) await rm(userDir, { recursive: true, force: true });
  await prepareUserDir(userDir, root, {
    flow: demoFlow(demo),
    credentials: { [credentialsId]: { accessKeyId: 'demo', secretAccessKey: 'demo' } },
  });

  const wanted = values.once ? 0 : Number(values.port ?? usualPort.nodeRed);
  const port = await freePort(wanted);
  const nodeRed = await startNodeRed({ userDir, port });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= nodeRed.stop().then(() => service?.close());
    return stopped;
  };

  if (values.once) {
    try {
      const arns = await runOnce(
        nodeRed,
        Object.values(relatedItems).map((item) => item.base),
      );
      for (const arn of arns) console.log(arn);
    } finally {
      await stop();
    }
    return;
  }

  if (wanted && port !== wanted) console.log(`Port ${wanted} is in use, so Node-RED listens on ${port}.`);
  console.log(`\nNode-RED with the demo flow:  ${nodeRed.url}`);
  if (service) console.log(`Local Cases service:          ${service.url}\nStop both with Ctrl+C.`);
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
    process.once(event as 'SIGINT', () => void stop().finally(() => process.exit(0)));
  }
}

main().then(
  () => process.argv.includes('--once') && process.exit(0),
  (error) => {
    console.error(`The demo could not run: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);
