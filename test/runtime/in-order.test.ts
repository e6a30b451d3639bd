import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InOrder } from '../../src/runtime/palette/in-order';

describe('what comes in any order', () => {
  it('is acted on in the order in which it began, once each, whatever fails', async () => {
    const ends = fc.array(fc.constantFrom('comes', 'comes', 'does not come', 'is refused'), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(ends, fc.scheduler(), async (all, scheduler) => {
        const inOrder = new InOrder();
        const seen: (readonly [number, string])[] = [];
        for (const [index, end] of all.entries()) {
          const coming = scheduler.schedule(Promise.resolve()).then(() => {
            if (end === 'does not come') throw new Error(end);
            return end;
          });
          const act = (value: string) => {
            if (value === 'is refused') throw new Error(value);
            seen.push([index, value]);
          };
          inOrder.add(coming, act, (cause) => seen.push([index, (cause as Error).message]));
        }
        await scheduler.waitAll();
        await new Promise(setImmediate);
        assert.deepEqual(seen, [...all.entries()]);
      }),
    );
  });
});
