import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRelatedItemCommand } from '@aws-sdk/client-connectcases';
import RED, { type NodeAPI } from 'node-red';
import { prepareUserDir, startNodeRed } from '../../src/demo/node-red';
import { demo } from '../../src/emulator';
import { callsPerSecond, comment, percent, plainClient, type Result } from './local';

const parallel = 16;
const count = 3000;
const rounds = 15;

/** Messages through the nodes of dist/ in a real Node-RED runtime, beside a loop around the SDK's client. */
export async function throughNodeRed(): Promise<Result[]> {
  const { url, service } = await startService();
  const client = plainClient(url);
  const raw = (index: number) =>
    client.send(new CreateRelatedItemCommand(comment(caseOf(index), `${index}`)));
  const userDir = await mkdtemp(join(tmpdir(), 'connect-cases-bench-'));
  await prepareUserDir(userDir, join(__dirname, '../..'), {
    flow: flowTo(url),
    credentials: { credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' } },
  });
  const nodeRed = await startNodeRed({ userDir, port: 0 });
  const flow = messagesThroughFlow();

  const pairs: { readonly raw: number; readonly flow: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    // Who comes second finds the machine warmer, so they take turns.
    const flowFirst = round % 2 === 1;
    const early = flowFirst ? await callsPerSecond(count, parallel, flow) : 0;
    const rawPace = await callsPerSecond(count, parallel, raw);
    const flowPace = flowFirst ? early : await callsPerSecond(count, parallel, flow);
    // The first round warms both up.
    if (round > 0) pairs.push({ raw: rawPace, flow: flowPace });
  }
  await nodeRed.stop();
  await rm(userDir, { recursive: true });
  client.destroy();
  service.kill();
  const ratios = pairs.map((pair) => pair.flow / pair.raw);
  const ratio = median(ratios);
  const spread = `${percent(Math.min(...ratios))} to ${percent(Math.max(...ratios))}`;
  return [
    {
      name: 'unthrottled, 16 in flight, through a Node-RED flow',
      plain: `${median(pairs.map((pair) => pair.raw)).toFixed(0)}/s in a bare loop`,
      ours: `${median(pairs.map((pair) => pair.flow)).toFixed(0)}/s; median of ${rounds} rounds ${percent(ratio)} of the loop (${spread})`,
      toReach: 'at least 95 %',
      reached: ratio >= 0.95,
    },
  ];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const caseOf = (index: number): string => `bench-${index % parallel}`;

async function startService(): Promise<{ url: string; service: ChildProcess }> {
  const service = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'service.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(service.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), service };
}

const flowTo = (endpoint: string) => [
  { id: 'credentials', type: 'connect-cases-credentials', method: 'keys' },
  {
    id: 'domain',
    type: 'connect-cases-domain',
    auth: 'credentials',
    region: 'us-east-1',
    domainId: demo.domainId,
    endpoint,
    rate: 50_000,
    burst: 10_000,
  },
  { id: 'tab', type: 'tab', label: 'bench' },
  { id: 'item', type: 'connect-cases-comment', z: 'tab', domain: 'domain', wires: [['out']] },
  { id: 'out', type: 'junction', z: 'tab', wires: [[]] },
  { id: 'catch', type: 'catch', z: 'tab', scope: ['item'], wires: [['caught']] },
  { id: 'caught', type: 'junction', z: 'tab', wires: [[]] },
];

interface Message {
  readonly index: number;
  readonly relatedItemError?: object;
}

/** A function that hands a message to the node and resolves when it comes out. */
function messagesThroughFlow(): (index: number) => Promise<void> {
  // The types of the embedded runtime leave this one out.
  const { getNode } = RED.nodes as unknown as NodeAPI['nodes'];
  const item = getNode('item');
  const waiting = new Map<number, (error?: Error) => void>();
  const end = ({ index, relatedItemError }: Message) => {
    waiting.get(index)?.(relatedItemError && new Error(JSON.stringify(relatedItemError)));
    waiting.delete(index);
  };
  for (const id of ['out', 'caught']) {
    getNode(id).on('input', (msg, _send, done) => {
      end(msg as unknown as Message);
      done();
    });
  }
  return (index) =>
    new Promise((resolve, reject) => {
      waiting.set(index, (error) => (error ? reject(error) : resolve()));
      item.receive({ payload: `${index}`, caseId: caseOf(index), index } as never);
    });
}
