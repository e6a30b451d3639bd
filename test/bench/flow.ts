import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRelatedItemCommand } from '@aws-sdk/client-connectcases';
import RED, { type NodeAPI } from 'node-red';
import { prepareUserDir, startNodeRed } from '../../src/demo/node-red';
import { demo } from '../../src/emulator';
import { callsPerSecond, comment, median, percent, plainClient, type Result } from './local';

const parallel = 16;
const count = 3000;
const rounds = 15;

/** One round of one of the two. */
interface Round {
  readonly perSecond: number;
  /** Microseconds of processor time for each message: of this process, and of the service's. */
  readonly cpu: number;
  readonly serviceCpu: number;
}

/**
 * Messages through the nodes of dist/ in a real Node-RED runtime, beside a loop around the SDK's client with its
 * default settings. Both run in this process and talk to the same service, which has a process of its own.
 */
export async function throughNodeRed(): Promise<Result[]> {
  const { url, cpuTime, stop } = await startService();
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

  const measure = async (work: (index: number) => Promise<unknown>): Promise<Round> => {
    const serviceBefore = await cpuTime();
    const before = process.cpuUsage();
    const perSecond = await callsPerSecond(count, parallel, work);
    const { user, system } = process.cpuUsage(before);
    return {
      perSecond,
      cpu: (user + system) / count,
      serviceCpu: ((await cpuTime()) - serviceBefore) / count,
    };
  };
  const pairs: { readonly raw: Round; readonly flow: Round }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    // Who comes second finds the machine warmer, so they take turns.
    const early = round % 2 === 1 ? await measure(flow) : undefined;
    const pair = { raw: await measure(raw), flow: early ?? (await measure(flow)) };
    // The first round warms both up.
    if (round > 0) pairs.push(pair);
  }
  await nodeRed.stop();
  await rm(userDir, { recursive: true });
  client.destroy();
  stop();
  const ratios = pairs.map((pair) => pair.flow.perSecond / pair.raw.perSecond);
  const cpuRatio = median(pairs.map((pair) => pair.flow.cpu / pair.raw.cpu));
  const ratio = median(ratios);
  const spread = `${percent(Math.min(...ratios))} to ${percent(Math.max(...ratios))}`;
  const serviceCpu = median(pairs.map((pair) => pair.flow.serviceCpu));
  const say = (all: readonly Round[]) =>
    `${median(all.map(({ perSecond }) => perSecond)).toFixed(0)}/s with ${median(all.map(({ cpu }) => cpu)).toFixed(0)} µs of processor time each`;
  return [
    {
      name: 'unthrottled, 16 in flight, through a Node-RED flow',
      plain: `${say(pairs.map((pair) => pair.raw))}, in a bare loop`,
      ours: `${say(pairs.map((pair) => pair.flow))} (${percent(cpuRatio)}; the service took ${serviceCpu.toFixed(0)} µs); median of ${rounds} rounds ${percent(ratio)} of the loop (${spread})`,
      toReach: 'at least 95 %',
      reached: ratio >= 0.95,
    },
  ];
}

const caseOf = (index: number): string => `bench-${index % parallel}`;

/** The local service, and how much processor time it has taken so far, in microseconds. */
async function startService(): Promise<{ url: string; cpuTime(): Promise<number>; stop(): void }> {
  const service: ChildProcess = fork(join(__dirname, 'service.ts'), { execArgv: ['--require', 'tsx/cjs'] });
  const [url] = (await once(service, 'message')) as [string];
  return {
    url,
    async cpuTime() {
      service.send('cpu?');
      const [microseconds] = (await once(service, 'message')) as [number];
      return microseconds;
    },
    stop: () => service.kill(),
  };
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
  ...[
    { id: 'item', type: 'connect-cases-comment', domain: 'domain', wires: [['out']] },
    { id: 'out', type: 'junction', wires: [[]] },
    { id: 'catch', type: 'catch', scope: ['item'], wires: [['caught']] },
    { id: 'caught', type: 'junction', wires: [[]] },
  ].map((node) => ({ ...node, z: 'tab', x: 0, y: 0 })),
];

interface Message {
  readonly index: number;
  readonly casesError?: object;
}

/** A function that hands a message to the node and resolves when it comes out. */
function messagesThroughFlow(): (index: number) => Promise<void> {
  // The types of the embedded runtime leave this one out.
  const { getNode } = RED.nodes as unknown as NodeAPI['nodes'];
  const item = getNode('item');
  const waiting = new Map<number, (error?: Error) => void>();
  const end = ({ index, casesError }: Message) => {
    waiting.get(index)?.(casesError && new Error(JSON.stringify(casesError)));
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
