import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demo } from '../../src/emulator';
import { configNodes, untilFound } from './deployed-flow';
import { linkPackage, type NodeRedProcess, startIn } from './node-red';

const matrix = resolve(__dirname, '../matrix/node_modules');
const matrixNode = resolve(matrix, 'node/bin/node');

/** The environment that makes `startIn` take a Node.js that has SQLite; undefined where there is none. */
const withSqlite: Readonly<Record<string, string>> | undefined =
  process.env.NODE_RED_NODE || isBuiltin('node:sqlite')
    ? {}
    : existsSync(matrixNode)
      ? { NODE_RED: resolve(matrix, 'node-red'), NODE_RED_NODE: matrixNode }
      : undefined;

/** Describes what Node-RED does on a Node.js that has SQLite; nothing where there is none: CI has it for the matrix. */
export const describeWithSqlite = (title: string, suite: (this: Mocha.Suite) => void): void => {
  if (withSqlite) describe(title, suite);
};

/** What came of one message. */
export interface Result {
  readonly id: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** What the node put into `msg.payload`. */
  readonly payload?: unknown;
  readonly case?: { readonly caseId: string; readonly created: boolean };
  /** In place of that: what Catch got. */
  readonly error?: { readonly code: string; readonly created: string };
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'connect-cases-restarts-'));

/** A user directory in which Node-RED runs, is killed and started again. */
export class Restartable {
  readonly userDir: string;
  /** Added to the environment of what is started next. */
  env: Readonly<Record<string, string>> = {};
  settings: Readonly<Record<string, unknown>> = {};
  #running: NodeRedProcess | undefined;

  private constructor(userDir: string) {
    this.userDir = userDir;
  }

  /** `flow` as Node-RED exports it; see `countedFlow`. */
  static async with(flow: readonly object[]): Promise<Restartable> {
    const made = new Restartable(newFolder());
    await linkPackage(made.userDir);
    made.change(flow);
    return made;
  }

  /** What is started next can make no file larger than so many kilobytes until it is given space. On Linux alone. */
  limitFiles(kilobytes: number): void {
    const node = withSqlite?.NODE_RED_NODE ?? process.env.NODE_RED_NODE ?? process.execPath;
    const limited = join(this.userDir, 'node');
    writeFileSync(limited, `#!/bin/bash\nulimit -S -f ${kilobytes}\nexec '${node}' "$@"\n`, { mode: 0o755 });
    this.env = { NODE_RED_NODE: limited };
  }

  giveSpace(): void {
    execFileSync('prlimit', ['--pid', String(this.#process().pid), '--fsize=unlimited']);
    this.env = {};
  }

  /** The flow that is started next. */
  change(flow: readonly object[]): void {
    const withoutSecrets = flow.map(({ credentials, ...node }: { credentials?: unknown }) => node);
    const secrets = flow.flatMap((node) => {
      const { id, credentials } = node as { id: string; credentials?: unknown };
      return credentials ? [[id, credentials]] : [];
    });
    writeFileSync(join(this.userDir, 'flows.json'), JSON.stringify(withoutSecrets));
    writeFileSync(join(this.userDir, 'flows_cred.json'), JSON.stringify(Object.fromEntries(secrets)));
  }

  get url(): string {
    return this.#process().url;
  }

  get log(): string {
    return this.#process().log();
  }

  async start(): Promise<void> {
    // Results are written down before anything else happens, so that none is missing because of the kill.
    const forFunctions = `module.exports.functionGlobalContext = { append(result) {
      require('node:fs').appendFileSync(${JSON.stringify(this.#resultsFile)}, JSON.stringify({ at: Date.now(), ...result }) + '\\n');
    } };`;
    const settings = { credentialSecret: false, ...this.settings };
    this.#running = await startIn(this.userDir, settings, { ...withSqlite, ...this.env }, forFunctions);
  }

  async kill(): Promise<void> {
    await this.#process().end('SIGKILL');
    this.#running = undefined;
  }

  async stop(): Promise<void> {
    await this.#process().end('SIGINT');
    this.#running = undefined;
  }

  /** Another Node-RED in the same user directory, which the first one keeps. */
  beside(): Restartable {
    return new Restartable(this.userDir);
  }

  /** What runs here next, in a user directory that this one's has become: as if it were moved to another machine. */
  moved(): Restartable {
    const moved = new Restartable(newFolder());
    renameSync(this.userDir, moved.userDir);
    return Object.assign(moved, { env: this.env, settings: this.settings });
  }

  /** Deploys a flow while Node-RED runs. */
  async deploy(flow: readonly object[], type: 'full' | 'nodes' = 'full'): Promise<void> {
    await this.#admin('flows', flow, { 'node-red-deployment-type': type });
  }

  /** Stops or starts the flows; `settings` have to allow it. */
  async setFlows(state: 'stop' | 'start'): Promise<void> {
    await this.#admin('flows/state', { state });
  }

  /** Resolves when the log has a line like this. */
  async logs(line: RegExp): Promise<void> {
    while (!line.test(this.log)) await pause(50);
  }

  /** Hands a message to the flow; resolves when Node-RED has passed it to the node. */
  async post(message: { readonly id: string } & Readonly<Record<string, unknown>>): Promise<void> {
    await untilFound(() => this.#post('message', message));
  }

  /** Resolves when a text of a message is in the file in which messages wait. */
  async written(text: string): Promise<void> {
    const file = join(this.userDir, 'connect-cases.sqlite');
    const has = (path: string) => existsSync(path) && readFileSync(path).includes(text);
    while (!has(file) && !has(`${file}-wal`)) await pause(5);
  }

  /** What has come of messages, in the order in which it came. */
  results(): Result[] {
    if (!existsSync(this.#resultsFile)) return [];
    // The last one may just be being written.
    const lines = readFileSync(this.#resultsFile, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Result);
  }

  /** The results, once there is one at least for each of so many messages. */
  async resultsOf(messages: number): Promise<Result[]> {
    for (;;) {
      const results = this.results();
      if (new Set(results.map(({ id }) => id)).size >= messages) return results;
      await pause(50);
    }
  }

  /** Ends what runs and takes the directory away. */
  async remove(): Promise<void> {
    await this.#running?.end('SIGKILL');
    this.#running = undefined;
    rmSync(this.userDir, { recursive: true, force: true });
  }

  async #admin(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    const answer = await this.#post(path, body, headers);
    if (!answer.ok) throw new Error(`Node-RED answered ${path} with HTTP ${answer.status}`);
  }

  #post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  get #resultsFile(): string {
    return join(this.userDir, 'results.jsonl');
  }

  #process(): NodeRedProcess {
    if (!this.#running) throw new Error('Node-RED is not running.');
    return this.#running;
  }
}

/**
 * A flow that takes messages by HTTP, hands them to the node `item` of the palette, and writes down what comes of each:
 * `domain` and `item` add to or replace properties of these two.
 */
export const countedFlow = (
  endpoint: string,
  base: string,
  { domain = {}, item = {} }: { readonly domain?: object; readonly item?: object } = {},
): object[] => [
  ...configNodes(endpoint, demo).map((node) => (node.id === 'local-domain' ? { ...node, ...domain } : node)),
  ...[
    { id: 'in', type: 'http in', url: '/message', method: 'post', wires: [['unpack', 'taken']] },
    { id: 'taken', type: 'http response', statusCode: '202' },
    {
      id: 'unpack',
      type: 'function',
      // The request and the response can't be written down, and belong to the answer alone.
      func: 'return { ...msg.payload };',
      outputs: 1,
      wires: [['item']],
    },
    {
      id: 'item',
      type: `connect-cases-${base}`,
      domain: 'local-domain',
      wires: [['record']],
      ...item,
    },
    { id: 'catch', type: 'catch', scope: ['item'], wires: [['record']] },
    {
      id: 'record',
      type: 'function',
      func: `const { id, payload, casesError: error, case: found } = msg;
        global.get('append')({ id, payload, error, case: found });`,
      outputs: 0,
      wires: [],
    },
  ].map((node) => ({ ...node, z: 'tab', x: 0, y: 0 })),
];
