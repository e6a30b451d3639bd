/** Measures the store on disk, in a process of its own that has SQLite, and prints the figures as JSON. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import type { Delivery } from '../../src/delivery/delivery';
import type { DeliveryOptions } from '../../src/delivery/parts';
import { createDelivery } from '../../src/delivery/queue';
import { casesService } from '../../src/delivery/service/service';
import { DiskStore } from '../../src/delivery/store/disk/disk-store';
import { memoryStore } from '../../src/delivery/store/memory-store';
import type { MessageStore, StoredMessage } from '../../src/delivery/store/message-store';
import { asService, type RelatedItemRequest, rulesOf } from '../support/item-delivery';
import { callsPerSecond, comment, median } from './local';
import { neverAnswers, watchEventLoop } from './waiting';

const waiting = 100_000;
const cases = 1000;
const count = 3000;
const parallel = 16;
const rounds = 7;
const unthrottled = {
  ...{ rate: 100_000, burst: 100_000, maxWaiting: 200_000, deadlineSeconds: 0 },
  ...{ timeoutSeconds: 10, ambiguous: 'verify' as const },
};

function newStore(path = join(mkdtempSync(join(tmpdir(), 'bench-waiting-')), 'waiting.sqlite')): DiskStore {
  const file = resolve(__dirname, '../../src/delivery/store/disk/disk-thread.ts');
  const thread = { file, execArgv: ['--require', 'tsx/cjs'] };
  return new DiskStore({ path, thread, onWarning: (text) => console.warn(text) });
}

/** 100,000 messages are left in a file; gives how long it takes until a new delivery has them, and what the loop feels. */
async function load(): Promise<{ loadMs: number; blockedMs: number }> {
  const path = join(mkdtempSync(join(tmpdir(), 'bench-waiting-')), 'waiting.sqlite');
  const filled = newStore(path);
  for (let index = 0; index < waiting; index += 1) {
    const input = comment(`case ${index % cases}`, `comment ${index}`);
    filled.add({
      ...{ id: `${index}`, domainNodeId: 'domain', nodeId: 'node', operation: 'CreateRelatedItem' },
      ...{ msg: { _msgid: `${index}`, payload: `comment ${index}`, topic: 'bench' }, input },
      ...{ acceptedAt: Date.now(), attempts: 0 },
    });
    if (index % 1000 === 999) await filled.settled();
  }
  await filled.close();
  globalThis.gc?.();
  // Longer than a Node-RED takes to start again; until then a delivery waits for the items of the last one to show.
  await pause(4000);
  const blocked = watchEventLoop();
  const began = performance.now();
  const store = newStore(path);
  const delivery = createDelivery(
    asService(neverAnswers),
    { ...unthrottled, rate: 2, burst: 10 },
    { store, domainNodeId: 'domain', workOf },
  );
  while (delivery.waiting + delivery.view.inFlight < waiting) await pause(1);
  const loadMs = performance.now() - began;
  const blockedMs = blocked();
  await delivery.close(0);
  await store.close();
  return { loadMs, blockedMs };
}

const workOf = ({ input, keep }: StoredMessage) =>
  rulesOf(input as RelatedItemRequest, keep ? 'keep' : 'add') as never;

/** Messages in a second through a delivery with such a store, one after the other in each of so many loops. */
async function throughput(url: string, store: MessageStore): Promise<number> {
  const client = new ConnectCasesClient({
    ...{ endpoint: url, region: 'us-east-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' },
  });
  const ended = new Map<string, () => void>();
  const options: DeliveryOptions = {
    ...{ store, domainNodeId: 'domain', workOf },
    recipient: {
      doing: () => {},
      ended({ id }) {
        ended.get(id)?.();
        ended.delete(id);
        return undefined;
      },
    },
  };
  const delivery: Delivery = createDelivery(casesService(client, 10), unthrottled, options);
  while (delivery.state === 'busy') await pause(1);
  const perSecond = await callsPerSecond(
    count,
    parallel,
    (index) =>
      new Promise<void>((done) => {
        const input = comment(`bench-${index % parallel}`, `comment ${index}`);
        const msg = { _msgid: `${index}`, payload: `comment ${index}` };
        ended.set(delivery.accept({ nodeId: 'node', msg, rules: rulesOf(input), input }), done);
      }),
  );
  await delivery.close(1);
  client.destroy();
  return perSecond;
}

async function main(): Promise<void> {
  const url = process.argv[2] ?? '';
  const disk = newStore();
  await disk.lastRunAt();
  await throughput(url, memoryStore);
  await throughput(url, disk);
  const [memoryRounds, diskRounds]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    memoryRounds.push(await throughput(url, memoryStore));
    diskRounds.push(await throughput(url, disk));
  }
  await disk.close();
  const shares = diskRounds.map((perSecond, round) => perSecond / (memoryRounds[round] ?? 1));
  const figures = {
    ...(await load()),
    memoryPerSecond: median(memoryRounds),
    diskPerSecond: median(diskRounds),
    share: median(shares),
  };
  console.log(JSON.stringify(figures));
}

void main();
