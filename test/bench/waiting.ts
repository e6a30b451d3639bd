import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery } from '../../src/delivery/delivery';
import { createDelivery } from '../../src/delivery/queue';
import { asService, type ItemService, rulesOf } from '../support/item-delivery';
import { comment, type Result } from './local';

const count = 100_000;
/** What is in flight does not wait any more. */
const mostInFlight = 32;

/** How all that waits comes to an end. */
interface End {
  readonly name: string;
  readonly code: 'CLOSED' | 'EXPIRED';
  readonly deadlineSeconds: number;
  /** How many different cases the messages are for. */
  readonly cases: number;
  readonly end: (delivery: Delivery) => Promise<unknown>;
}

async function allExpired(delivery: Delivery): Promise<void> {
  while (delivery.waiting > 0) await pause(10);
}

const ends: readonly End[] = [
  {
    name: 'then closed',
    code: 'CLOSED',
    deadlineSeconds: 0,
    cases: 1000,
    end: (delivery) => pause(2000).then(() => delivery.close(0)),
  },
  {
    name: 'each with a deadline, until all have expired',
    code: 'EXPIRED',
    deadlineSeconds: 10,
    cases: 1000,
    end: allExpired,
  },
  {
    name: 'of as many cases, until all have expired',
    code: 'EXPIRED',
    deadlineSeconds: 10,
    cases: count,
    end: allExpired,
  },
];

/** 100,000 messages wait and are given back: what one costs, and what the event loop feels. */
export async function manyWaiting(): Promise<Result[]> {
  const results: Result[] = [];
  for (const each of ends) results.push(await waitAndEnd(each));
  return results;
}

async function waitAndEnd({ name, code, deadlineSeconds, cases, end }: End): Promise<Result> {
  const requests = Array.from({ length: count }, (_, index) =>
    comment(`case ${index % cases}`, `comment ${index}`),
  );
  const before = heapUsed();
  let givenBack = 0;
  const settings = {
    rate: 2,
    burst: 10,
    maxWaiting: count,
    deadlineSeconds,
    timeoutSeconds: 10,
    ambiguous: 'verify',
  } as const;
  const delivery = createDelivery(asService(neverAnswers), settings, {
    recipient: {
      doing: () => {},
      ended(_message, ended) {
        if ('error' in ended && ended.error.code === code) givenBack += 1;
        return undefined;
      },
    },
  });
  const blockedWhileFilling = watchEventLoop();
  for (const [index, input] of requests.entries()) {
    delivery.accept({ nodeId: 'node', msg: input, rules: rulesOf(input), input });
    if (index % 1000 === 999) await pause(0);
  }
  const filling = blockedWhileFilling();
  const bytes = (heapUsed() - before) / delivery.waiting;
  const blockedAfterwards = watchEventLoop();
  await end(delivery);
  await pause(0);
  const longest = Math.max(filling, blockedAfterwards());
  await delivery.close(0);
  return {
    name: `100,000 messages waiting, ${name}`,
    plain: '',
    ours: `${Math.round(bytes)} bytes each, ${givenBack} given back as ${code}, loop blocked ${longest.toFixed(0)} ms at most`,
    toReach: 'under 500 bytes each, under 50 ms',
    reached: bytes < 500 && longest < 50 && givenBack >= count - mostInFlight,
  };
}

export const neverAnswers: ItemService = {
  create: (_request, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
  search: async () => ({ items: [] }),
  domainArn: async () => '',
  serverTime: Date.now,
};

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/**
 * Watches the event loop until the returned function is called, which gives the longest time in milliseconds that
 * it did not come round. Time in which this process did not run either is that of other processes.
 */
export function watchEventLoop(): () => number {
  let longest = 0;
  let last = performance.now();
  let lastCpu = process.cpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const cpu = process.cpuUsage();
    const ran = (cpu.user + cpu.system - lastCpu.user - lastCpu.system) / 1000;
    longest = Math.max(longest, Math.min(now - last - 5, ran));
    last = now;
    lastCpu = cpu;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
