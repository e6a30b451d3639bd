import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { login, users } from '../support/login';
import { linkPackage } from '../support/node-red';
import type { Route } from './routes';

const root = resolve(__dirname, '../..');

export interface HostOptions {
  readonly userDir: string;
  readonly settings: object;
}

/** Something that Node-RED made known, and where. */
export interface Said {
  readonly where: 'log' | 'status' | 'catch' | 'console';
  readonly text: string;
}

export type ToHost = { readonly receive: string; readonly msg: object };
export type FromHost = {
  readonly ready?: { readonly url: string; readonly routes: readonly Route[] };
  readonly said?: Said;
  /** Id of a message that a node is done with, or that reached Catch. */
  readonly ended?: string;
  /** The flows that were deployed run now. */
  readonly deployed?: true;
};

export interface WatchedNodeRed {
  readonly url: string;
  readonly userDir: string;
  readonly routes: readonly Route[];
  /** All that it has made known since its start. */
  readonly said: readonly Said[];
  /** Asks the admin API as one of the users, or as nobody. */
  ask(
    path: string,
    options?: { as?: string; method?: string; body?: unknown; headers?: Readonly<Record<string, string>> },
  ): Promise<Response>;
  /** Replaces what is deployed. */
  deploy(flow: readonly object[]): Promise<void>;
  /** Hands a message to a node and waits until it is done with it. */
  send(nodeId: string, msg: object): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Node-RED with users and the built package, of which nothing stays hidden. */
export async function startWatched(
  environment: Readonly<Record<string, string>> = {},
): Promise<WatchedNodeRed> {
  const userDir = await mkdtemp(join(tmpdir(), 'connect-cases-'));
  await linkPackage(userDir);
  const said: Said[] = [];
  const waiting = new Map<string, () => void>();
  let deployed = () => {};
  const child = fork(join(__dirname, 'host.ts'), {
    cwd: root,
    execPath: process.env.NODE_RED_NODE ?? process.execPath,
    execArgv: ['--require', 'tsx/cjs'],
    env: { ...process.env, ...environment },
    silent: true,
  });
  const gone = once(child, 'exit');
  const endedEarly = gone.then(() => {
    throw new Error(`Node-RED has ended:\n${said.map(({ text }) => text).join('\n')}`);
  });
  endedEarly.catch(() => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => said.push({ where: 'console', text: String(data) }));
  }
  const ready = new Promise<NonNullable<FromHost['ready']>>((found) => {
    child.on('message', (message: FromHost) => {
      if (message.said) said.push(message.said);
      if (message.ended) waiting.get(message.ended)?.();
      if (message.deployed) deployed();
      if (message.ready) found(message.ready);
    });
  });
  child.send({ userDir, settings: { adminAuth: users } } satisfies HostOptions);
  const { url, routes } = await Promise.race([ready, endedEarly]);
  const tokens = await login(url);

  const ask: WatchedNodeRed['ask'] = (path, { as, method = 'GET', body, headers = {} } = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(as && { authorization: `Bearer ${tokens[as]}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  let messages = 0;
  return {
    url,
    userDir,
    routes,
    said,
    ask,
    async deploy(flow) {
      const running = new Promise<void>((run) => {
        deployed = run;
      });
      const { status } = await ask('flows', { as: 'owner', method: 'POST', body: flow });
      if (status !== 204) throw new Error(`Node-RED refused the flow: HTTP ${status}`);
      await Promise.race([running, endedEarly]);
    },
    async send(receive, msg) {
      messages += 1;
      const _msgid = `message-${messages}`;
      const ended = new Promise<void>((end) => waiting.set(_msgid, end));
      child.send({ receive, msg: { ...msg, _msgid } } satisfies ToHost);
      await Promise.race([ended, endedEarly]);
      waiting.delete(_msgid);
    },
    async stop() {
      child.disconnect();
      await gone;
      await rm(userDir, { recursive: true, force: true });
    },
  };
}
