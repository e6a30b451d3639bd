/**
 * Runs as a process of its own: a Node-RED that tells its parent all that it logs, shows as a status and hands to
 * Catch, as deep as the objects go, and which admin routes it has.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type NodeRed from 'node-red';
import { routesOf } from './routes';
import type { FromHost, HostOptions, ToHost } from './watched-node-red';

const RED = require(process.env.NODE_RED ?? 'node-red') as typeof NodeRed & Internals;
/** What the types of Node-RED leave out. */
interface Internals {
  /** Its Express application is the one that nodes get as `RED.httpAdmin`. */
  readonly runtime: { readonly httpAdmin: unknown };
  readonly nodes: { getNode(id: string): { receive(msg: object): void } };
}
interface ReceiveEvent {
  readonly destination: { readonly node?: { readonly type: string } };
  readonly msg: { readonly _msgid?: string; readonly error?: unknown; readonly casesError?: unknown };
}
interface CompleteEvent {
  readonly msg: { readonly _msgid?: string };
  readonly error?: Error;
}

const tell = (message: FromHost) => process.send?.(message);
const deep = (value: unknown) => inspect(value, { depth: 12, showHidden: true, maxStringLength: null });

async function main({ userDir, settings }: HostOptions): Promise<void> {
  const server = createServer((request, response) => RED.httpAdmin(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  RED.init(server, {
    userDir,
    uiPort: port,
    flowFile: 'flows.json',
    telemetry: { enabled: false, updateNotification: false },
    logging: {
      console: { level: 'trace', metrics: true, audit: true },
      parent: {
        level: 'trace',
        metrics: true,
        audit: true,
        handler: () => (entry: unknown) => tell({ said: { where: 'log', text: deep(entry) } }),
      },
    },
    ...settings,
  } as unknown as Parameters<typeof RED.init>[1]);
  RED.events.on('node-status', (status: unknown) => tell({ said: { where: 'status', text: deep(status) } }));
  RED.hooks.add('onReceive.watch', ({ destination, msg }: ReceiveEvent) => {
    if (destination.node?.type !== 'catch') return;
    const { _msgid, error, casesError } = msg;
    tell({ said: { where: 'catch', text: deep({ error, casesError }) }, ended: String(_msgid) });
  });
  RED.hooks.add('onComplete.watch', ({ msg, error }: CompleteEvent) => {
    if (!error) tell({ ended: String(msg._msgid) });
  });
  const flowsRun = once(RED.events, 'flows:started');
  await RED.start();
  await flowsRun;
  RED.events.on('flows:started', () => tell({ deployed: true }));
  process.on('message', ({ receive, msg }: ToHost) => RED.nodes.getNode(receive).receive(msg));
  process.once('disconnect', () => void RED.stop().finally(() => process.exit()));
  tell({ ready: { url: `http://127.0.0.1:${port}/`, routes: routesOf(RED.runtime.httpAdmin) } });
}

process.once('message', (options: HostOptions) => void main(options));
