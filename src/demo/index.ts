/**
 * `npm start`: the local Cases service and a Node-RED with this package and a flow to try, both on
 * loopback. With `--once`: presses each button of that flow, prints the ARNs and stops.
 */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { relatedItems } from '../../nodes/related-items';
import { startEmulator } from '../emulator';
import { demo } from '../emulator/seed';
import { credentialsId, demoFlow, endpointVariable } from './flow';
import { prepareUserDir, startNodeRed } from './node-red';
import { runOnce } from './once';
import { freePort } from './ports';

const root = resolve(__dirname, '../..');
const usualPort = { nodeRed: 1880, service: 4510 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { once: { type: 'boolean', default: false }, port: { type: 'string' } },
  });
  const service = await startEmulator({ port: await freePort(values.once ? 0 : usualPort.service) });
  process.env[endpointVariable] = service.url;

  const userDir = resolve(root, values.once ? '.demo/once' : '.demo/user');
  if (values.once) await rm(userDir, { recursive: true, force: true });
  await prepareUserDir(userDir, root, {
    flow: demoFlow(demo),
    credentials: { [credentialsId]: { accessKeyId: 'demo', secretAccessKey: 'demo' } },
  });

  const wanted = values.once ? 0 : Number(values.port ?? usualPort.nodeRed);
  const port = await freePort(wanted);
  const nodeRed = await startNodeRed({ userDir, port });
  const stop = async () => {
    await nodeRed.stop();
    await service.close();
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
  console.log(`
Node-RED with the demo flow:  ${nodeRed.url}
Local Cases service:          ${service.url}
Stop both with Ctrl+C.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(0)));
  }
}

main().then(
  () => process.argv.includes('--once') && process.exit(0),
  (error) => {
    console.error(`The demo could not run: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);
