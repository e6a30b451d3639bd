/**
 * Runs as a process of its own, since there can be one Node-RED in each: 100,000 messages wait in it. Says its address
 * once they do, and its processor time whenever it is asked.
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import RED, { type NodeAPI } from 'node-red';
import { prepareUserDir, startNodeRed } from '../../src/demo/node-red';
import { demo } from '../../src/emulator';
import { freePort } from '../support/node-red';
import { messages } from './overview';

async function main(userDir: string, endpoint: string, cases: number): Promise<void> {
  await prepareUserDir(userDir, join(__dirname, '../..'), {
    flow: flowTo(endpoint),
    credentials: { credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' } },
  });
  const { url } = await startNodeRed({ userDir, port: await freePort() });
  // The types of the embedded runtime leave this one out.
  const { getNode } = RED.nodes as unknown as NodeAPI['nodes'];
  const item = getNode('item');
  for (let index = 0; index < messages; index += 1) {
    item.receive({ payload: `${index}`, caseId: `bench-${index % cases}` } as never);
    if (index % 1000 === 999) await nextTurn();
  }
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.send?.(url);
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
    store: 'memory',
    rate: 10,
    burst: 1,
    maxWaiting: messages,
  },
  { id: 'tab', type: 'tab', label: 'bench' },
  { id: 'item', type: 'connect-cases-comment', domain: 'domain', wires: [[]], z: 'tab', x: 0, y: 0 },
];

const [, , userDir = '', endpoint = '', cases = ''] = process.argv;
void main(userDir, endpoint, Number(cases));
