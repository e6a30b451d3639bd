import { setTimeout as pause } from 'node:timers/promises';
import { createDelivery } from '../../src/delivery';
import type { CasesService } from '../../src/delivery/service';
import { comment, type Result } from './local';

const count = 100_000;

/** 100,000 messages wait, expire or are given back on close: what one costs, and what the event loop feels. */
export async function manyWaiting(): Promise<Result[]> {
  const requests = Array.from({ length: count }, (_, index) =>
    comment(`case ${index % 1000}`, `comment ${index}`),
  );
  const blocked = watchEventLoop();
  const before = heapUsed();
  const delivery = createDelivery(neverAnswers, {
    rate: 2,
    burst: 10,
    maxWaiting: count,
    deadlineSeconds: 3600,
    timeoutSeconds: 10,
    ambiguous: 'verify',
  });
  let rejected = 0;
  for (let index = 0; index < count; index += 1) {
    delivery.deliver(requests[index] ?? comment('', '')).catch(() => {
      rejected += 1;
    });
    if (index % 1000 === 999) await pause(0);
  }
  const bytes = (heapUsed() - before) / delivery.waiting;
  blocked.reset();
  await pause(2000);
  await delivery.close(0);
  await pause(0);
  const longest = blocked.stop();
  return [
    {
      name: '100,000 messages waiting, then closed',
      plain: '',
      ours: `${Math.round(bytes)} bytes each, ${rejected} given back, loop blocked ${longest.toFixed(0)} ms at most`,
      toReach: 'under 1,500 bytes each, under 50 ms',
      reached: bytes < 1500 && longest < 50 && rejected === count,
    },
  ];
}

const neverAnswers: CasesService = {
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

/** Measures how long the event loop does not come round. */
function watchEventLoop() {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return {
    reset() {
      longest = 0;
      last = performance.now();
    },
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}
