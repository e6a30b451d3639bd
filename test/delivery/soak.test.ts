import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { SearchRelatedItemsResponseItem } from '@aws-sdk/client-connectcases';
import { Claims } from '../../src/delivery/verify/claims';
import type { ItemService } from '../support/item-delivery';
import { createDelivery } from '../support/item-delivery';
import { answer, comment, socketError } from './fake-cases';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('200,000 messages', () => {
  it('leave nothing behind, although the quota is used up and answers are lost now and then', async () => {
    const claims = new Claims();
    let now = 0;
    const timers = new Map<number, { at: number; run: () => void }>();
    let lastTimer = 0;
    let created = 0;
    let lost = 0;
    /** The last item of each case whose answer was lost. */
    const lostItems = new Map<string, SearchRelatedItemsResponseItem>();
    const service: ItemService = {
      async create({ caseId, content }) {
        created += 1;
        if (created % 1000 === 0) throw answer(429, 'ThrottlingException');
        const relatedItemId = `item-${created}`;
        if (created % 300 === 0) {
          lost += 1;
          const item = { relatedItemId, type: 'Comment', associationTime: new Date(now), content };
          lostItems.set(caseId, item as unknown as SearchRelatedItemsResponseItem);
          throw socketError('ECONNRESET', 'read');
        }
        return { relatedItemId, relatedItemArn: `arn/case/c/related-item/${relatedItemId}` };
      },
      async search({ caseId = '' }) {
        const item = lostItems.get(caseId);
        return { items: item ? [item] : [] };
      },
      domainArn: async () => 'arn',
      serverTime: () => now,
    };
    const delivery = createDelivery(
      service,
      {
        rate: 2000,
        burst: 2000,
        maxWaiting: 10_000,
        deadlineSeconds: 600,
        timeoutSeconds: 10,
        ambiguous: 'verify',
      },
      {
        claims,
        clock: {
          now: () => now,
          setTimeout: (run, delayMs) => {
            lastTimer += 1;
            timers.set(lastTimer, { at: now + delayMs, run });
            return lastTimer;
          },
          clearTimeout: (timer) => timers.delete(timer as number),
        },
      },
    );

    let delivered = 0;
    let verified = 0;
    const sendBatch = async (size: number, first: number) => {
      const batch = Promise.all(
        Array.from({ length: size }, async (_, index) => {
          const request = comment(`message ${first + index}`, `case ${(first + index) % 500}`);
          if ((await delivery.deliver(request)).verified) verified += 1;
          delivered += 1;
        }),
      );
      for (const end = delivered + size; delivered < end; ) {
        await new Promise(setImmediate);
        now += 50;
        for (const [timer, { at, run }] of timers) {
          if (at <= now) {
            timers.delete(timer);
            run();
          }
        }
      }
      await batch;
    };

    const heapAfter: number[] = [];
    for (let first = 0; first < 200_000; first += 5000) {
      await sendBatch(5000, first);
      collectGarbage();
      heapAfter.push(process.memoryUsage().heapUsed);
    }
    assert.equal(delivered, 200_000);
    assert.equal(verified, lost);
    const early = Math.max(...heapAfter.slice(5, 15));
    const late = Math.max(...heapAfter.slice(-10));
    assert.ok(late - early < 3_000_000, `${early} bytes after 75,000 messages, ${late} after 200,000`);
    assert.ok(claims.size <= 50_000, `${claims.size} ids remembered`);
    assert.equal(timers.size <= 1, true);
    await delivery.close(0);
    assert.equal(timers.size, 0);
  }).timeout(300_000);
});
