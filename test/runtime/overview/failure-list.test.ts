import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Failure, failureOf, messageOf } from '../../../src/runtime/overview/failures/failure';
import { FailureList, mostFailures } from '../../../src/runtime/overview/failures/failure-list';

const error = { code: 'NOT_FOUND', message: 'There is none.', created: 'no', retryable: false } as const;
const message = (id: string, input: unknown = { caseId: 'c' }) => ({
  ...{ id, domainNodeId: 'domain', nodeId: 'node', operation: 'CreateRelatedItem' },
  ...{ input, msg: { payload: id } },
});
const idsOf = (list: FailureList) => list.all().map(({ id }) => id);

/** A keeper that writes into a Map, as a store does into its file. */
const keeperIn = (file: Map<string, Failure>) => ({
  keep: (failure: Failure) => void file.set(failure.id, failure),
  forget: (id: string) => void file.delete(id),
});

describe('the list of failures', () => {
  it('keeps the last 500, the latest first', () => {
    const list = new FailureList();
    for (let index = 0; index < 3 * mostFailures; index += 1) list.add(message(`${index}`), { error });
    const ids = idsOf(list);
    assert.equal(ids.length, mostFailures);
    assert.deepEqual([ids[0], ids.at(-1)], [`${3 * mostFailures - 1}`, `${2 * mostFailures}`]);
  });

  it('keeps messages up to some memory; of older ones only what went wrong', () => {
    const list = new FailureList();
    const large = 'x'.repeat(500_000);
    for (let index = 0; index < 100; index += 1) {
      list.add({ ...message(`${index}`), msg: { payload: large } }, { error });
      assert.ok(list.size <= 100);
    }
    const all = list.all();
    const bytes = all.reduce((sum, { content }) => sum + (content?.msg.byteLength ?? 0), 0);
    assert.ok(bytes <= 16 * 1024 * 1024 && bytes > 15 * 1024 * 1024);
    assert.deepEqual([all.length, all.at(-1)?.content, all.at(-1)?.error], [100, undefined, error]);
  });

  it('tells what a message asked for without a look at the rest of it, which may be large or damaged', () => {
    const failure = failureOf(message('a'), { error }, 0);
    const { input } = failure.content ?? assert.fail();
    const damaged = { ...failure, content: { msg: Uint8Array.of(1), ...(input && { input }) } };
    assert.deepEqual(messageOf(damaged)?.input, { caseId: 'c' });
    assert.deepEqual(messageOf(failure)?.msg, { payload: 'a' });
  });

  it('has a message once, as it ended last', () => {
    const list = new FailureList();
    for (const id of ['a', 'b', 'a']) list.add(message(id), { error });
    assert.deepEqual(idsOf(list), ['a', 'b']);
  });

  it('is after a restart what it was, whatever was added and dropped before and afterwards', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('add' as const), id: fc.nat(20) }),
      fc.record({ do: fc.constant('remove' as const), id: fc.nat(20) }),
      fc.record({ do: fc.constant('restart' as const), id: fc.nat(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const file = new Map<string, Failure>();
        let list = new FailureList();
        list.keepIn(keeperIn(file), []);
        for (const { do: what, id } of steps) {
          if (what === 'add') list.add(message(`${id}`), { error });
          else if (what === 'remove') list.remove([`${id}`]);
          else {
            const before = list.all();
            list = new FailureList();
            list.keepIn(keeperIn(file), [...file.values()]);
            assert.deepEqual(
              list.all().toSorted((one, other) => Number(one.id) - Number(other.id)),
              before.toSorted((one, other) => Number(one.id) - Number(other.id)),
            );
          }
        }
        assert.deepEqual(idsOf(list).toSorted(), [...file.keys()].toSorted());
      }),
    );
  });

  it('keeps what failed before the file was read', () => {
    const list = new FailureList();
    list.add(message('new'), { error });
    const file = new Map<string, Failure>();
    const earlier = { ...message('old'), at: 1, error };
    list.keepIn(keeperIn(file), [earlier]);
    assert.deepEqual(idsOf(list), ['new', 'old']);
    assert.deepEqual([...file.keys()], ['new']);
  });
});
