import assert from 'node:assert/strict';
import { comment, ending, setUp, throttled } from './fake-cases';

const slow = { rate: 1, burst: 1 };

describe('merging comments', () => {
  it('sends what waits for a case as one comment, in order, with blank lines between', async () => {
    const { time, cases, delivery } = setUp(slow);
    const all = ['a', 'b', 'c', 'd'].map((body) => ending(delivery.deliver(comment(body), { merge: true })));
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a\n\nb\n\nc\n\nd']);
    for (const { value } of all) {
      assert.equal(value?.merged, 4);
      assert.equal(value?.relatedItemId, 'item-1');
    }
  });

  it('leaves apart what the pace lets through at once', async () => {
    const { time, cases, delivery } = setUp({ rate: 10, burst: 20 });
    for (const body of ['a', 'b', 'c']) void delivery.deliver(comment(body), { merge: true });
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a', 'b', 'c']);
  });

  it('is off unless asked for', async () => {
    const { time, cases, delivery } = setUp(slow);
    for (const body of ['a', 'b']) void delivery.deliver(comment(body));
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a', 'b']);
  });

  it('keeps to 15,000 characters, counted as the service counts them', async () => {
    const { time, cases, delivery } = setUp(slow);
    const bodies = ['🥶'.repeat(7500), 'x'.repeat(7498), 'y'];
    for (const body of bodies) void delivery.deliver(comment(body), { merge: true });
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), [`${bodies[0]}\n\n${bodies[1]}`, 'y']);
  });

  it('merges neither across authors nor across another kind of item', async () => {
    const { time, cases, delivery } = setUp(slow);
    const by = (customEntity: string) => ({ performedBy: { customEntity } });
    void delivery.deliver({ ...comment('a'), ...by('x') }, { merge: true });
    void delivery.deliver({ ...comment('b'), ...by('x') }, { merge: true });
    void delivery.deliver({ ...comment('c'), ...by('y') }, { merge: true });
    void delivery.deliver({
      ...comment(''),
      type: 'File',
      content: { file: { fileArn: 'f' } },
    });
    void delivery.deliver({ ...comment('d'), ...by('y') }, { merge: true });
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a\n\nb', 'c', '', 'd']);
  });

  it('merges more where it was refused meanwhile', async () => {
    const { time, cases, delivery } = setUp(slow);
    cases.fateOfCreate = (_request, count) => (count === 1 ? throttled() : 'ok');
    void delivery.deliver(comment('a'), { merge: true });
    void delivery.deliver(comment('b'), { merge: true });
    await time.tickAsync(5);
    void delivery.deliver(comment('c'), { merge: true });
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a\n\nb\n\nc']);
  });

  it('sends a comment whose answer was lost again as it was', async () => {
    const { time, cases, delivery } = setUp(slow);
    cases.fateOfCreate = (_request, count) => (count === 1 ? 'reset' : 'ok');
    const all = ['a', 'b'].map((body) => ending(delivery.deliver(comment(body), { merge: true })));
    await time.tickAsync(5);
    void delivery.deliver(comment('c'), { merge: true });
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a\n\nb', 'c']);
    assert.equal(all[1]?.value?.merged, 2);
    assert.equal(all[1]?.value?.attempts, 2);
  });
});
