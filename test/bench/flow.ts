import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateRelatedItemCommand } from '@aws-sdk/client-connectcases';
import { demo } from '../../src/emulator';
import { configNodes, itemNodes, type Message, startFlow, stopFlow } from '../runtime/flow';
import { callsPerSecond, comment, percent, plainClient, type Result } from './local';

const parallel = 16;
const count = 3000;
const rounds = 3;

/** Messages through the nodes of dist/ in a real Node-RED runtime, beside a loop around the SDK's client. */
export async function throughNodeRed(): Promise<Result[]> {
  const { url, service } = await startService();
  const client = plainClient(url);
  const raw = (index: number) =>
    client.send(new CreateRelatedItemCommand(comment(caseOf(index), `${index}`)));
  await startFlow([
    ...configNodes(url, { domainId: demo.domainId, rate: 1e6, burst: 1e6 }),
    ...itemNodes('comment'),
  ]);
  const flow = await messagesThroughFlow();

  const ratios: number[] = [];
  const [best] = [{ raw: 0, flow: 0 }];
  for (let round = 0; round <= rounds; round += 1) {
    const [rawPace, flowPace] = [
      await callsPerSecond(count, parallel, raw),
      await callsPerSecond(count, parallel, flow),
    ];
    // The first round warms both up.
    if (round === 0) continue;
    ratios.push(flowPace / rawPace);
    best.raw = Math.max(best.raw, rawPace);
    best.flow = Math.max(best.flow, flowPace);
  }
  await stopFlow();
  client.destroy();
  service.kill();
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  return [
    {
      name: 'unthrottled, 16 in flight, through a Node-RED flow',
      plain: `${best.raw.toFixed(0)}/s in a bare loop`,
      ours: `${best.flow.toFixed(0)}/s, ${percent(ratio)} of the loop`,
      toReach: 'at least 95 %',
      reached: ratio >= 0.95,
    },
  ];
}

const caseOf = (index: number): string => `bench-${index % parallel}`;

async function startService(): Promise<{ url: string; service: ChildProcess }> {
  const service = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'service.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(service.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), service };
}

/** A function that hands a message to the node and resolves when it comes out. */
async function messagesThroughFlow(): Promise<(index: number) => Promise<unknown>> {
  const { default: helper } = await import('node-red-node-test-helper');
  const item = helper.getNode('item');
  const waiting = new Map<number, (message: Message) => void>();
  helper.getNode('out').on('input', (message: Message) => {
    const resolve = waiting.get(message.index as number);
    waiting.delete(message.index as number);
    resolve?.(message);
  });
  return (index) =>
    new Promise((resolve) => {
      waiting.set(index, resolve);
      item.receive({ payload: `${index}`, caseId: caseOf(index), index } as never);
    });
}
