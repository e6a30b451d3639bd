import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Steps } from '../../../src/runtime/overview/counting/steps';

const [stepMs, length] = [10, 5];

describe('numbers of the last steps of time', () => {
  it('count what happened in each of them, however long nothing happened in between', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 50 }), fc.nat(200), (gaps, after) => {
        const steps = new Steps(stepMs, length);
        const times: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          times.push(now);
          steps.add(now);
        }
        const end = now + after;
        const counts = Array.from({ length }, (_, index) => {
          const step = Math.floor(end / stepMs) - (length - 1 - index);
          return times.filter((time) => Math.floor(time / stepMs) === step).length;
        });
        assert.deepEqual(steps.values(end), counts);
        assert.equal(
          steps.sum(end),
          counts.reduce((sum, count) => sum + count, 0),
        );
      }),
    );
  });

  it('begin with what there was, also those that pass without a call', () => {
    let waiting = 0;
    const steps = new Steps(stepMs, length, () => waiting);
    steps.touch(0);
    waiting = 7;
    steps.touch(25);
    waiting = 3;
    assert.deepEqual(steps.values(41), [0, 7, 7, 3, 3]);
  });
});
