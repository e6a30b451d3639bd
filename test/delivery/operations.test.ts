import assert from 'node:assert/strict';
import { comment as commentItem } from '../../nodes/related-items/comment';
import { caseRules } from '../../src/cases/rules';
import { relatedItemRules } from '../../src/definition/related-item-rules';
import type { End, Task } from '../../src/delivery/delivery';
import type { OperationName } from '../../src/model/operations';
import { answer, comment, ending, socketError, throttled } from './fake-cases';
import { setUp } from './fake-operations';

const createItem = relatedItemRules(commentItem);
const { CreateCase, GetCase, SearchCases, UpdateCase } = caseRules;

const update = (caseId: string) => ({ domainId: 'd1', caseId, fields: [] });
const read = (caseId: string) => ({ domainId: 'd1', caseId, fields: [] });
const newCase = { domainId: 'd1', templateId: 't1', fields: [], clientToken: 'token' };

describe('several operations through one delivery', () => {
  it('items and updates of one case go in the order in which they came, named by id or ARN', async () => {
    const { time, delivery, operations } = setUp();
    void delivery.deliver(createItem, comment('a', 'c1'));
    void delivery.deliver(UpdateCase, update('arn:aws:cases:r:1:domain/d1/case/c1'));
    void delivery.deliver(createItem, comment('b', 'c1'));
    await time.tickAsync(10);
    assert.deepEqual(operations(), ['CreateRelatedItem']);
    await time.runAllAsync();
    assert.deepEqual(operations(), ['CreateRelatedItem', 'UpdateCase', 'CreateRelatedItem']);
  });

  it('reads and new cases wait for nobody', async () => {
    const { time, delivery, seen } = setUp();
    void delivery.deliver(createItem, comment('a', 'c1'));
    void delivery.deliver(GetCase, read('c1'));
    void delivery.deliver(GetCase, read('c1'));
    void delivery.deliver(CreateCase, newCase);
    await time.tickAsync(1);
    assert.equal(seen.length, 4);
  });

  it('each operation has the pace of its own quota', async () => {
    const { time, delivery, seen } = setUp();
    for (let index = 0; index < 40; index += 1) {
      void delivery.deliver(UpdateCase, update(`c${index}`));
      void delivery.deliver(SearchCases, { domainId: 'd1' });
      void delivery.deliver(GetCase, read(`c${index}`));
    }
    const sent = (name: OperationName) => seen.filter(({ operation }) => operation === name).length;
    await time.tickAsync(1);
    assert.deepEqual([sent('UpdateCase'), sent('SearchCases'), sent('GetCase')], [2, 8, 8]);
    await time.tickAsync(2000);
    assert.ok(sent('GetCase') > sent('SearchCases') && sent('SearchCases') > sent('UpdateCase'));
    await time.runAllAsync();
    assert.equal(seen.length, 120);
  });

  it('where one is throttled the others go on', async () => {
    const test = setUp();
    test.failure = ({ operation }) => (operation === 'SearchCases' ? throttled() : undefined);
    void test.delivery.deliver(SearchCases, { domainId: 'd1' }).catch(() => undefined);
    await test.time.tickAsync(100);
    const got = ending(test.delivery.deliver(GetCase, read('c1')));
    await test.time.tickAsync(100);
    assert.ok(got.value);
    void test.delivery.close(0);
    await test.time.runAllAsync();
  });

  it('where one finds the service unreachable all of them wait for its probe', async () => {
    const test = setUp();
    test.failure = () => socketError('ECONNREFUSED', 'connect');
    void test.delivery.deliver(GetCase, read('c1'));
    await test.time.tickAsync(100);
    assert.equal(test.delivery.state, 'offline');
    void test.delivery.deliver(SearchCases, { domainId: 'd1' });
    void test.delivery.deliver(createItem, comment('a'));
    await test.time.tickAsync(60_000);
    const probes = test.seen.length;
    assert.ok(probes < 15, `${probes} requests`);
    test.failure = () => undefined;
    await test.time.runAllAsync();
    assert.equal(test.delivery.state, 'idle');
    assert.equal(test.seen.length, probes + 3);
  });

  describe('a lost answer', () => {
    for (const [operation, rules, input] of [
      ['CreateCase', CreateCase, newCase],
      ['UpdateCase', UpdateCase, update('c1')],
      ['GetCase', GetCase, read('c1')],
    ] as const) {
      it(`of ${operation}: the same request again, and nothing is searched for`, async () => {
        const test = setUp();
        test.failure = (_seen, count) => (count <= 2 ? socketError('ECONNRESET', 'read') : undefined);
        const result = ending(test.delivery.deliver(rules as typeof GetCase, input as never));
        await test.time.runAllAsync();
        assert.equal(result.value?.attempts, 3);
        assert.deepEqual(test.operations(), [operation, operation, operation]);
        for (const { input: sent } of test.seen) assert.deepEqual(sent, input);
      });
    }

    it('holds back what comes later for the case, until it is known', async () => {
      const test = setUp();
      test.failure = (_seen, count) => (count <= 2 ? answer(500, 'InternalServerException') : undefined);
      void test.delivery.deliver(UpdateCase, update('c1'));
      void test.delivery.deliver(createItem, comment('a', 'c1'));
      await test.time.runAllAsync();
      assert.deepEqual(test.operations(), ['UpdateCase', 'UpdateCase', 'UpdateCase', 'CreateRelatedItem']);
    });

    it('with "fail" is an error where something may have changed, and repeated where nothing can', async () => {
      const test = setUp({ ambiguous: 'fail' });
      test.failure = (_seen, count) => (count <= 2 ? answer(500, 'InternalServerException') : undefined);
      const written = ending(test.delivery.deliver(UpdateCase, update('c1')));
      const got = ending(test.delivery.deliver(GetCase, read('c2')));
      await test.time.runAllAsync();
      assert.equal(written.error?.created, 'unknown');
      assert.ok(got.value);
    });

    it('leaves no doubt behind where the request only reads', async () => {
      const test = setUp({ deadlineSeconds: 5 });
      test.failure = () => answer(500, 'InternalServerException');
      const [written, got] = [
        ending(test.delivery.deliver(CreateCase, newCase)),
        ending(test.delivery.deliver(GetCase, read('c1'))),
      ];
      await test.time.runAllAsync();
      assert.deepEqual([written.error?.code, written.error?.created], ['EXPIRED', 'unknown']);
      assert.deepEqual([got.error?.code, got.error?.created], ['EXPIRED', 'no']);
    });
  });

  it('names the IAM action of the operation that is not allowed', async () => {
    const test = setUp();
    test.failure = () => answer(403, 'AccessDeniedException');
    const result = ending(test.delivery.deliver(UpdateCase, update('c1')));
    await test.time.runAllAsync();
    assert.match(String(result.error?.message), /cases:UpdateCase/);
  });

  it('a task that throws what is no error ends its message with one', async () => {
    const ends: End[] = [];
    const recipient = { doing: () => {}, ended: (_message: object, end: End) => void ends.push(end) };
    const { time, delivery } = setUp({}, { recipient });
    for (const thrown of [Symbol('odd'), null, Object.create(null), new Error('Odd.')]) {
      const task = { task: 'odd', run: () => Promise.reject(thrown) };
      delivery.accept({ nodeId: 'node', msg: {}, task, input: {} });
    }
    await time.runAllAsync();
    assert.deepEqual(
      ends.map((end) => 'error' in end && [end.error.code, end.error.created]),
      new Array(4).fill(['SERVICE', 'no']),
    );
  });

  it('tasks that wait for one another hold up no other, and a thousand ask at once', async () => {
    const ended: unknown[] = [];
    const recipient = { doing: () => {}, ended: (_message: object, end: End) => void ended.push(end) };
    const { time, delivery } = setUp({ maxWaiting: 10_000 }, { recipient });
    let begun = 0;
    const accept = (run: Task['run'], count: number) => {
      for (let index = 0; index < count; index += 1) {
        delivery.accept({ nodeId: 'node', msg: {}, task: { task: 'task', run }, input: {} });
      }
    };
    accept(() => new Promise(() => {}), 3000);
    accept(async () => 'done', 1);
    await time.tickAsync(1000);
    assert.deepEqual(ended, [{ result: 'done' }]);
    accept(async (_input, context) => {
      begun += 1;
      await context.deliver(SearchCases, { domainId: 'd1' });
    }, 3000);
    await time.tickAsync(100);
    assert.ok(begun >= 1000 && begun <= 1200, `${begun}`);
    await time.tickAsync(3_600_000);
    assert.equal(ended.length, 3001);
  });
});
