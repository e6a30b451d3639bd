import { once } from 'node:events';
import RED from 'node-red';
import helper from 'node-red-node-test-helper';
import packageJson from '../../package.json';

/** A node of a test's flow; whatever is left out has the default of the node type. */
export type TestNode = { id: string; type: string; [property: string]: unknown };
export type Message = { _msgid?: string; payload?: unknown; [property: string]: unknown };

const bases = Object.keys(packageJson['node-red'].nodes);

/** The nodes as Node-RED loads them: what the build put into dist. */
const packageNodes = bases.map((base) => require(`../../dist/nodes/${base}.js`));
const catchNode = require('@node-red/nodes/core/common/25-catch.js');
const statusNode = require('@node-red/nodes/core/common/25-status.js');

export const testKeys = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' };

/** The config nodes that most tests need; `domain` and `credentials` add to or replace their properties. */
export const configNodes = (endpoint: string, domain: object = {}, credentials: object = {}): TestNode[] => [
  { id: 'credentials', type: 'connect-cases-credentials', method: 'keys', ...credentials },
  {
    id: 'domain',
    type: 'connect-cases-domain',
    auth: 'credentials',
    region: 'eu-central-1',
    domainId: 'd1',
    endpoint,
    rate: 1000,
    burst: 1000,
    ...domain,
  },
];

/** A node of the palette called `item` with what it puts out at `out` and what it refuses at `caught`. */
export const itemNodes = (base: string, properties: object = {}): TestNode[] => [
  { id: 'tab', type: 'tab', label: 'test' },
  ...[
    { id: 'item', type: `connect-cases-${base}`, domain: 'domain', wires: [['out']], ...properties },
    { id: 'out', type: 'helper' },
    { id: 'catch', type: 'catch', scope: ['item'], wires: [['caught']] },
    { id: 'caught', type: 'helper' },
  ].map((node) => ({ ...node, z: 'tab', x: 0, y: 0 })),
];

type End = { out?: Message; caught?: Message };
let ended: (end: End) => void = () => {};

/** Starts a real Node-RED runtime with `flow`. */
export async function startFlow(
  flow: TestNode[],
  secrets: object = { credentials: testKeys },
): Promise<void> {
  helper.init(require.resolve('node-red'));
  await helper.load([catchNode, statusNode, ...packageNodes], flow as never, secrets as never);
  for (const id of ['out', 'caught']) {
    helper.getNode(id)?.on('input', (message: Message) => ended({ [id]: message }));
  }
}

/** Replaces the flow, and resolves when the other one runs: the helper's own `setFlows` gives up after 0.3 s. */
export async function deployFlow(flow: TestNode[], type: 'full' | 'nodes'): Promise<void> {
  const { nodes } = RED as unknown as { nodes: { setFlows(...deployed: unknown[]): Promise<void> } };
  const started = once(RED.events, 'flows:started');
  await nodes.setFlows(flow, { credentials: testKeys }, type);
  await started;
}

export async function stopFlow(): Promise<void> {
  await helper.unload();
}

/** Hands `msg` to the node `item` and resolves with the message that comes out or is caught. */
export function send(msg: Message): Promise<End> {
  const end = new Promise<End>((resolve) => {
    ended = resolve;
  });
  helper.getNode('item').receive(msg as never);
  return end;
}

/** Hands messages to the node `item` at once, and resolves with what becomes of each, in their order. */
export function sendAll(messages: readonly Message[]): Promise<End[]> {
  const ends = new Map<string, (end: End) => void>();
  const all = messages.map(
    (_msg, index) => new Promise<End>((resolve) => ends.set(`message-${index}`, resolve)),
  );
  ended = (end) => ends.get(String((end.out ?? end.caught)?._msgid))?.(end);
  messages.forEach((msg, index) => {
    helper.getNode('item').receive({ ...msg, _msgid: `message-${index}` } as never);
  });
  return Promise.all(all);
}

/** Like `send`, for a message that has to be delivered. */
export async function delivered(msg: Message): Promise<Message> {
  const { out, caught } = await send(msg);
  if (out) return out;
  throw new Error(`refused: ${JSON.stringify(caught?.casesError)}`);
}

/** Like `send`, for a message that has to be refused: its `casesError`. */
export async function refused(msg: Message): Promise<Record<string, unknown>> {
  const { out, caught } = await send(msg);
  if (caught) return caught.casesError as Record<string, unknown>;
  throw new Error(`delivered: ${JSON.stringify(out?.relatedItem)}`);
}

/** Resolves when the node shows a status of this kind. */
export const statusShown = (
  id: string,
  isMeant: (status: Record<string, unknown>) => boolean,
): Promise<void> =>
  new Promise((resolve) => {
    const calls: NodeJS.EventEmitter = helper.getNode(id);
    calls.on('call:status', ({ args: [status] }: { args: [Record<string, unknown>] }) => {
      if (isMeant(status)) resolve();
    });
  });
