import { once } from 'node:events';
import { access, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import RED from 'node-red';
import packageJson from '../../package.json';
import { isSameHost } from '../common/hosts';
import { isLoopbackName } from '../emulator/wire/guard';
import type { FlowNode } from './flow';

/** What the user directory holds when it is new. */
interface UserDirContent {
  readonly flow: readonly FlowNode[];
  /** Secrets by node id; not encrypted, so nothing but keys of a demo. */
  readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Makes a user directory in which the package in `root` is installed by a link. A flow that is there
 * already is left as the user changed it.
 */
export async function prepareUserDir(userDir: string, root: string, content: UserDirContent): Promise<void> {
  const link = join(userDir, 'node_modules', packageJson.name);
  await mkdir(join(link, '..'), { recursive: true });
  await rm(link, { recursive: true, force: true });
  await symlink(root, link, 'junction');
  const project = { name: 'connect-cases-demo', private: true, dependencies: { [packageJson.name]: '*' } };
  await writeNew(join(userDir, 'package.json'), project);
  await writeNew(join(userDir, '.config.users.json'), { _: { editor: editorSettings } });
  await writeNew(join(userDir, 'flows.json'), content.flow);
  await writeNew(join(userDir, 'flows_cred.json'), content.credentials);
}

/** Node-RED's editor opens on the first tab of the sidebar. */
const editorSettings = { sidebar: { order: ['debug', 'info', 'help', 'config', 'context'] } };

/** Writes a file that is not there yet, all of it or nothing. */
async function writeNew(path: string, content: unknown): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await writeFile(`${path}.new`, JSON.stringify(content, null, 2));
  await rename(`${path}.new`, path);
}

/** Milliseconds that a slow machine may take. */
const startPatience = 60_000;

/** A Node-RED that runs in this process; there can be one. */
export interface RunningNodeRed {
  readonly url: string;
  /** Presses the button of an inject node. */
  inject(nodeId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Node-RED on loopback and waits until its flows run. Rejects where the port is taken. */
export async function startNodeRed(options: {
  readonly userDir: string;
  readonly port: number;
}): Promise<RunningNodeRed> {
  const server = createServer((request, response) => {
    if (isOfOurPages(request)) RED.httpAdmin(request, response);
    else response.writeHead(403).end('The demo answers only to its own pages on this machine.');
  });
  server.on('upgrade', (request, socket) => {
    if (!isOfOurPages(request)) socket.destroy();
  });
  await listen(server, options.port);
  const url = `http://127.0.0.1:${options.port}/`;
  RED.init(server, {
    userDir: options.userDir,
    flowFile: 'flows.json',
    uiHost: '127.0.0.1',
    uiPort: options.port,
    httpNodeRoot: false,
    credentialSecret: false,
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false },
    logging: { demo: { level: 'warn', metrics: false, audit: false, handler: () => tell } },
  } as unknown as Parameters<typeof RED.init>[1]);
  const flowsRun = once(RED.events, 'flows:started', { signal: AbortSignal.timeout(startPatience) }).catch(
    () => {
      throw new Error(
        'Node-RED did not start the demo flow within 60 seconds. Is dist/ built? Run npm run build.',
      );
    },
  );
  await RED.start();
  await flowsRun;
  return {
    url,
    async inject(nodeId) {
      const answer = await fetch(`${url}inject/${nodeId}`, { method: 'POST' });
      if (!answer.ok) throw new Error(`Node-RED has no inject node ${nodeId} (HTTP ${answer.status}).`);
    },
    async stop() {
      await RED.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface LogEntry {
  readonly level: number;
  readonly msg: unknown;
  /** The node that says it. */
  readonly type?: string;
  readonly name?: string;
  readonly id?: string;
}

/** What the demo means to be so: its keys are made up, and it has one flow. */
const noNews = ['nodes.credentials.unencrypted', 'storage.localfilesystem.projects.disabledNoFlag'];

/** Says on stderr what Node-RED warns of. */
function tell({ level, msg, type, name, id }: LogEntry): void {
  if (noNews.some((key) => msg === RED.log._(key))) return;
  const who = type ? `[${type}:${name || id}] ` : '';
  console.error(
    `${level <= RED.log.ERROR ? 'Error' : 'Warning'}: ${who}${msg instanceof Error ? msg.message : msg}`,
  );
}

/** The demo has no login, and Node-RED 4.1 lets the pages of every website in: they could deploy whatever they like. */
const isOfOurPages = ({ headers: { host = '', origin } }: IncomingMessage): boolean =>
  isLoopbackName(host) && (origin === undefined || isSameHost(origin, host));

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
  });
