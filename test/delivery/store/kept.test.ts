import assert from 'node:assert/strict';
import { comment as commentItem } from '../../../nodes/related-items/comment';
import { caseRules } from '../../../src/cases/rules';
import { relatedItemRules } from '../../../src/definition/related-item-rules';
import type { End, Recipient } from '../../../src/delivery/delivery';
import { memoryStore } from '../../../src/delivery/store/memory-store';
import type { MessageStore, StoredMessage } from '../../../src/delivery/store/message-store';
import { answer, comment, throttled } from '../fake-cases';
import { setUp } from '../fake-operations';

const rules = relatedItemRules(commentItem);

/** A store that keeps what it is told in a list, and a recipient in the same list. */
function recorded() {
  const told: string[] = [];
  const kept = new Map<string, StoredMessage>();
  const ends = new Map<string, End>();
  const test = {
    told,
    kept,
    ends,
    /** Resolves when `sending` is kept. */
    keepSending: async (): Promise<void> => {},
    passOn: (): Promise<void> | undefined => undefined,
  };
  const store: MessageStore = {
    ...memoryStore,
    durable: true,
    add(message) {
      kept.set(message.id, message);
      told.push('added');
    },
    async sending({ messages, firstSentAt, lastSentAt }) {
      const [{ id, attempts } = { id: '', attempts: 0 }] = messages;
      assert.ok(kept.has(id));
      assert.ok(lastSentAt >= firstSentAt && firstSentAt > 1_600_000_000_000);
      await test.keepSending();
      told.push(`sending ${attempts}`);
    },
    remove(id) {
      assert.ok(kept.delete(id));
      told.push('removed');
    },
  };
  const recipient: Recipient = {
    doing: () => {},
    ended({ id }, end) {
      assert.equal(ends.has(id), false, 'ended once');
      ends.set(id, end);
      told.push('ended');
      return test.passOn();
    },
  };
  return Object.assign(test, { store, recipient });
}

describe('a message that is kept', () => {
  it('is a plain record that names its node, its operation and its request', () => {
    const { kept, store, recipient } = recorded();
    const { delivery } = setUp({}, { store, recipient, domainNodeId: 'domain' });
    const msg = { payload: 'a' };
    const input = comment('a');
    const id = delivery.accept({ nodeId: 'node', msg, rules, input });
    const { acceptedAt, ...record } = kept.get(id) as StoredMessage;
    assert.deepEqual(record, {
      id,
      domainNodeId: 'domain',
      nodeId: 'node',
      msg,
      operation: 'CreateRelatedItem',
      input,
      attempts: 0,
    });
    assert.ok(Math.abs(acceptedAt - Date.now()) < 60_000);
  });

  it('is kept from the moment it is accepted until its result has been passed on', async () => {
    const test = recorded();
    const { delivery, time } = setUp({}, test);
    let passed = () => {};
    test.passOn = () =>
      new Promise((resolve) => {
        passed = resolve;
      });
    delivery.accept({ nodeId: 'node', msg: {}, rules, input: comment('a') });
    assert.deepEqual(test.told, ['added']);
    await time.runAllAsync();
    assert.deepEqual(test.told, ['added', 'sending 1', 'ended']);
    passed();
    await time.runAllAsync();
    assert.deepEqual(test.told, ['added', 'sending 1', 'ended', 'removed']);
  });

  it('is known to be in doubt before each request goes out', async () => {
    const test = recorded();
    const { delivery, time, seen } = setUp({}, test);
    let keep = () => {};
    test.keepSending = () =>
      new Promise((resolve) => {
        keep = resolve;
      });
    delivery.accept({ nodeId: 'node', msg: {}, rules, input: comment('a') });
    await time.tickAsync(60_000);
    assert.equal(seen.length, 0);
    keep();
    await time.runAllAsync();
    assert.equal(seen.length, 1);
  });

  it('says how often it was sent', async () => {
    const test = recorded();
    const service = setUp({ ambiguous: 'resend' }, test);
    service.failure = (_seen, count) =>
      count === 1 ? throttled() : count === 2 ? answer(500, 'InternalServerException') : undefined;
    service.delivery.accept({ nodeId: 'node', msg: {}, rules, input: comment('a') });
    await service.time.runAllAsync();
    assert.deepEqual(test.told, ['added', 'sending 1', 'sending 2', 'sending 3', 'ended', 'removed']);
  });

  it('is not sent where its delivery was closed while that was written down', async () => {
    const test = recorded();
    const { delivery, time, seen } = setUp({}, test);
    let keep = () => {};
    test.keepSending = () =>
      new Promise((resolve) => {
        keep = resolve;
      });
    const id = delivery.accept({ nodeId: 'node', msg: {}, rules, input: comment('a') });
    await time.tickAsync(10);
    void delivery.close(0);
    await time.tickAsync(10);
    keep();
    await time.runAllAsync();
    assert.equal(seen.length, 0);
    const end = test.ends.get(id);
    assert.ok(end && 'error' in end);
    assert.equal(end.error.code, 'CLOSED');
  });

  it('is not each call of a function that waits for its answer', async () => {
    const test = recorded();
    const { delivery, time } = setUp({}, test);
    void delivery.deliver(caseRules.GetCase, { domainId: 'd1', caseId: 'c1', fields: [] });
    await time.runAllAsync();
    assert.deepEqual(test.told, []);
  });

  it('stays where it is if it holds what nobody knows, as after a fault of the disk; the others go on', async () => {
    const test = recorded();
    const operation = 'CreateRelatedItem';
    const stored = { domainNodeId: 'domain', nodeId: 'node', msg: {}, operation, acceptedAt: 0, attempts: 0 };
    const left: StoredMessage[] = [
      { ...stored, id: 'no input', input: undefined },
      { ...stored, id: 'no end', input: comment('a'), end: 5 },
      { ...stored, id: 'whole', input: comment('b') },
    ];
    for (const message of left) test.kept.set(message.id, message);
    const store = { ...test.store, handsOver: true, load: async () => left };
    const warnings: string[] = [];
    const workOf = () => rules;
    const { delivery, time } = setUp(
      {},
      { ...test, store, workOf, onWarning: (text) => warnings.push(text) },
    );
    await time.runAllAsync();
    assert.equal(delivery.state, 'idle');
    assert.deepEqual([...test.ends.keys()], ['whole']);
    assert.deepEqual([...test.kept.keys()], ['no input', 'no end']);
    assert.match(warnings.join(), /^2 waiting messages .* stay where they are kept/);
  });

  it('with an end for all that are accepted, also where they expire or are refused', async () => {
    const test = recorded();
    const service = setUp({ deadlineSeconds: 5, rate: 1, burst: 1 }, test);
    service.failure = (_seen, count) => (count === 1 ? answer(400, 'ValidationException') : undefined);
    for (let index = 0; index < 20; index += 1) {
      service.delivery.accept({ nodeId: 'node', msg: {}, rules, input: comment(`${index}`) });
    }
    await service.time.runAllAsync();
    const codes = [...test.ends.values()].map((end) => ('error' in end ? end.error.code : 'delivered'));
    assert.equal(codes.length, 20);
    assert.deepEqual([...new Set(codes)], ['VALIDATION', 'delivered', 'EXPIRED']);
    assert.equal(test.kept.size, 0);
  });
});
