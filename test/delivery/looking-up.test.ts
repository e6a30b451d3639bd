import assert from 'node:assert/strict';
import type { RelatedItemContent } from '@aws-sdk/client-connectcases';
import type { CasesError } from '../../src/errors/errors';
import type { RelatedItemRequest } from '../../src/model/operations';
import { isItemOf } from '../support/item-delivery';
import { answer, arnOf, comment, ending, setUp, throttled } from './fake-cases';

describe('looking up an item whose answer was lost', () => {
  it('gives its ARN and says that it was looked up', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'lost';
    const result = ending(delivery.deliver(comment('a')));
    await time.runAllAsync();
    assert.deepEqual(result.value, {
      relatedItemArn: arnOf('c1', 'item-1'),
      relatedItemId: 'item-1',
      attempts: 1,
      verified: true,
    });
  });

  it('waits for reads that lag', async () => {
    const { time, cases, delivery } = setUp();
    cases.lagMs = 20_000;
    cases.fateOfCreate = () => 'lost';
    const result = ending(delivery.deliver(comment('a')));
    await time.runAllAsync();
    assert.equal(result.value?.verified, true);
    assert.equal(cases.creates, 1);
  });

  it('finds it though the machine slept before it could look', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'lost';
    const result = ending(delivery.deliver(comment('a')));
    await time.tickAsync(cases.latencyMs);
    cases.sleptMs = 3_600_000;
    await time.runAllAsync();
    assert.equal(result.value?.verified, true);
    assert.deepEqual(cases.bodies(), ['a']);
  });

  it('is more patient once it has seen reads lag for long', async () => {
    const { time, cases, delivery } = setUp();
    cases.lagMs = 25_000;
    cases.fateOfCreate = () => 'lost';
    void delivery.deliver(comment('a'));
    await time.runAllAsync();
    cases.lagMs = 60_000;
    const second = ending(delivery.deliver(comment('b')));
    await time.runAllAsync();
    assert.equal(second.value?.verified, true);
    assert.deepEqual(cases.bodies(), ['a', 'b']);
  });

  it('does not take an outage for reads that lag', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = (_request, count) => (count === 1 ? 'lost' : count === 2 ? '500' : 'ok');
    cases.fateOfSearch = () => (time.now < 40_000 ? 'offline' : 'ok');
    const first = ending(delivery.deliver(comment('a')));
    await time.runAllAsync();
    assert.equal(first.value?.verified, true);
    void delivery.deliver(comment('b'));
    await time.runAllAsync();
    const [, second = 0, again = 0] = cases.sentAt;
    assert.ok(again - second < 45_000, `a case was held for ${again - second} ms`);
    assert.deepEqual(cases.bodies(), ['a', 'b']);
  });

  it('keeps the order of the case: the next message waits until it is decided', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = (_request, count) => (count === 1 ? 'reset' : 'ok');
    void delivery.deliver(comment('a'));
    void delivery.deliver(comment('b'));
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a', 'b']);
  });

  it('reads all pages', async () => {
    const { time, cases, delivery } = setUp();
    cases.pageSize = 2;
    for (let index = 0; index < 9; index += 1) void delivery.deliver(comment(`${index}`));
    await time.runAllAsync();
    cases.fateOfCreate = () => 'lost';
    const result = ending(delivery.deliver(comment('last')));
    await time.runAllAsync();
    assert.equal(result.value?.relatedItemId, 'item-10');
    assert.equal(cases.searches, 5);
  });

  it('says that it is not known where the list of items never ends, and sends nothing again', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'lost';
    cases.search = async () => {
      cases.searches += 1;
      return { items: [], nextToken: 'more' };
    };
    const result = ending(delivery.deliver(comment('a')));
    await time.runAllAsync();
    assert.equal(result.error?.created, 'unknown');
    assert.equal(cases.creates, 1);
    assert.ok(cases.searches <= 100, `${cases.searches} pages`);
  });

  it('does not take an older item with the same content', async () => {
    const { time, cases, delivery } = setUp();
    void delivery.deliver(comment('again'));
    await time.runAllAsync();
    await time.tickAsync(60_000);
    cases.fateOfCreate = (_request, count) => (count === 2 ? 'reset' : 'ok');
    const result = ending(delivery.deliver(comment('again')));
    await time.runAllAsync();
    assert.equal(result.value?.relatedItemId, 'item-2');
    assert.deepEqual(cases.bodies(), ['again', 'again']);
  });

  it('takes an item only by the same author', async () => {
    const { time, cases, delivery } = setUp();
    cases.items.push({ id: 'foreign', createdAt: 0, request: comment('a') });
    cases.fateOfCreate = (_request, count) => (count === 1 ? 'reset' : 'ok');
    const result = ending(delivery.deliver({ ...comment('a'), performedBy: { customEntity: 'robot' } }));
    await time.runAllAsync();
    assert.equal(result.value?.relatedItemId, 'item-2');
  });

  it('goes on where the search itself fails', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'lost';
    const failures = [
      throttled(),
      answer(500, 'InternalServerException'),
      'reset',
      answer(503, 'SlowDown'),
    ] as const;
    cases.fateOfSearch = (count) => failures[count - 1] ?? 'ok';
    const result = ending(delivery.deliver(comment('a')));
    await time.runAllAsync();
    assert.equal(result.value?.verified, true);
    assert.equal(cases.searches, 5);
    assert.equal(cases.creates, 1);
  });

  it('says once where it is not permitted, and sends again from then on', async () => {
    const { time, cases, delivery, warnings } = setUp();
    cases.fateOfSearch = () => answer(403, 'AccessDeniedException');
    cases.fateOfCreate = (_request, count) => (count % 2 === 1 ? 'reset' : 'ok');
    for (const body of ['a', 'b', 'c']) void delivery.deliver(comment(body));
    await time.runAllAsync();
    assert.deepEqual(cases.bodies(), ['a', 'b', 'c']);
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /cases:SearchRelatedItems/);
    assert.equal(cases.searches, 1);
  });

  for (const [status, name, reason] of [
    [400, 'ValidationException', /the filter is not valid/],
    [403, 'InvalidSignatureException', /does not accept the credentials/],
  ] as const) {
    it(`says that it is not known, and why, where the search is refused with ${name}`, async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfSearch = () => answer(status, name, 'the filter is not valid');
      cases.fateOfCreate = () => 'lost';
      const result = ending(delivery.deliver(comment('a')));
      await time.runAllAsync();
      assert.equal(result.error?.code, 'NETWORK');
      assert.equal(result.error?.created, 'unknown');
      assert.match(String(result.error?.message), reason);
      assert.equal((result.error as CasesError | undefined)?.reason?.key, 'neverKnown');
      assert.equal(cases.creates, 1);
    });
  }

  it('reads a list that never ends up to a bound, at the pace of the quota, and then says that it is not known', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'lost';
    cases.pageSize = 0;
    const searchedAt: number[] = [];
    cases.fateOfSearch = () => {
      searchedAt.push(time.now);
      return 'ok';
    };
    const result = ending(delivery.deliver(comment('a')));
    await time.runAllAsync();
    assert.equal(result.error?.created, 'unknown');
    assert.match(String(result.error?.message), /more than 80 pages/);
    assert.equal(searchedAt.length, 80);
    const tenSeconds = searchedAt.filter((at) => at - Number(searchedAt[0]) <= 10_000).length;
    assert.ok(tenSeconds <= 10 + 2 * 10, `${tenSeconds} searches in ten seconds`);
  });

  describe('on a case that reads do not know', () => {
    const unknownCase = answer(404, 'ResourceNotFoundException');

    it('waits, since the case may be so new that reads lag behind it', async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = () => 'lost';
      cases.fateOfSearch = (count) => (count <= 3 ? unknownCase : 'ok');
      const result = ending(delivery.deliver(comment('a')));
      await time.runAllAsync();
      assert.equal(result.value?.verified, true);
      assert.equal(cases.creates, 1);
    });

    it('sends it again, and the service says what is missing', async () => {
      const { time, cases, delivery } = setUp();
      cases.fateOfCreate = (_request, count) => (count === 1 ? 'reset' : unknownCase);
      cases.fateOfSearch = () => unknownCase;
      const result = ending(delivery.deliver(comment('a')));
      await time.runAllAsync();
      assert.equal(result.error?.code, 'NOT_FOUND');
      assert.equal(result.error?.created, 'unknown');
      assert.equal(cases.creates, 2);
    });
  });

  it('does not give up while the search is throttled or fails, and meanwhile sends nothing again', async () => {
    const { time, cases, delivery } = setUp();
    cases.fateOfCreate = () => 'lost';
    cases.fateOfSearch = (count) => (count % 2 === 1 ? answer(500, 'InternalServerException') : throttled());
    const result = ending(delivery.deliver(comment('a')));
    await time.tickAsync(3_600_000);
    assert.deepEqual(result, {});
    assert.equal(cases.creates, 1);
    cases.fateOfSearch = () => 'ok';
    await time.runAllAsync();
    assert.equal(result.value?.verified, true);
  });

  it('says once that an item exists twice', async () => {
    const { time, cases, delivery, warnings } = setUp();
    cases.lagMs = 100_000;
    cases.fateOfCreate = (_request, count) => (count <= 2 ? 'lost' : 'ok');
    const result = ending(delivery.deliver(comment('a')));
    await time.tickAsync(60_000);
    cases.lagMs = 0;
    await time.runAllAsync();
    assert.equal(result.value?.attempts, 2);
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /more than once/);
  });

  describe('identical messages', () => {
    it('through one domain node stay as many items', async () => {
      const { time, cases, delivery } = setUp();
      const fates = ['lost', 'reset', '500', 'ok', '500-after', 'lost'] as const;
      cases.fateOfCreate = (_request, count) => fates[count - 1] ?? 'ok';
      const all = Array.from({ length: 6 }, () => ending(delivery.deliver(comment('same'))));
      await time.runAllAsync();
      assert.equal(cases.items.length, 6);
      assert.equal(new Set(all.map(({ value }) => value?.relatedItemId)).size, 6);
    });

    for (const [first, second] of [
      ['lost', 'lost'],
      ['lost', 'reset'],
      ['reset', 'lost'],
      ['lost', 'ok'],
      ['reset', 'ok'],
      ['reset', 'reset'],
    ] as const) {
      it(`through two domain nodes, ${first} and ${second}: two items, one for each`, async () => {
        const { time, cases, delivery, another } = setUp();
        cases.lagMs = 1000;
        cases.fateOfCreate = (_request, count) => [first, second][count - 1] ?? 'ok';
        const all = [ending(delivery.deliver(comment('same')))];
        await time.tickAsync(5);
        all.push(ending(another().deliver(comment('same'))));
        await time.runAllAsync();
        assert.equal(cases.items.length, 2);
        assert.equal(new Set(all.map(({ value }) => value?.relatedItemId)).size, 2);
      });
    }

    it('that differ in what a search does not tell or may not tell count as such', async () => {
      const by = (customEntity: string) => ({ ...comment('same'), performedBy: { customEntity } });
      const sla = (targetSlaMinutes: number) => ({
        ...comment(''),
        type: 'Sla' as const,
        content: {
          sla: { slaInputConfiguration: { name: 'n', type: 'CaseField' as const, targetSlaMinutes } },
        },
      });
      const link = (caseId: string) => ({
        ...comment(''),
        type: 'ConnectCase' as const,
        content: { connectCase: { caseId } },
      });
      for (const [one, other] of [
        [comment('same'), by('robot')],
        [sla(60), sla(120)],
        [link('c2'), link('arn:aws:cases:r:1:domain/d1/case/c2')],
      ] as const) {
        const { time, cases, delivery, another } = setUp();
        cases.fateOfCreate = (_request, count) => (count === 1 ? 'reset' : 'ok');
        const all = [ending(delivery.deliver(one))];
        await time.tickAsync(25);
        cases.latencyMs = 3000;
        all.push(ending(another().deliver(other)));
        await time.runAllAsync();
        assert.equal(cases.items.length, 2);
        assert.equal(all[1]?.value?.verified, false);
        assert.notEqual(all[0]?.value?.relatedItemId, all[1]?.value?.relatedItemId);
      }
    });

    it('by an author and by nobody in particular: the item is left to who named its author', async () => {
      const { time, cases, delivery, another } = setUp();
      cases.fateOfCreate = (_request, count) => (count <= 2 ? 'lost' : 'ok');
      cases.fateOfSearch = (count) => (count === 1 ? '500' : 'ok');
      const robot = { ...comment('same'), performedBy: { customEntity: 'robot' } };
      const all = [another().deliver(robot), delivery.deliver(comment('same'))].map(ending);
      await time.runAllAsync();
      assert.equal(cases.items.length, 2);
      assert.equal(new Set(all.map(({ value }) => value?.relatedItemId)).size, 2);
    });

    it('an item is not taken while another may still be answered with it', async () => {
      const { time, cases, delivery, another } = setUp();
      const all = [];
      cases.fateOfCreate = (_request, count) => (count === 1 ? 'reset' : 'ok');
      all.push(ending(delivery.deliver(comment('same'))));
      await time.tickAsync(25);
      cases.latencyMs = 3000;
      all.push(ending(another().deliver(comment('same'))));
      await time.runAllAsync();
      assert.equal(cases.items.length, 2);
      assert.equal(all[1]?.value?.verified, false);
      assert.notEqual(all[0]?.value?.relatedItemId, all[1]?.value?.relatedItemId);
    });
  });

  describe('recognises', () => {
    const request = (content: object): RelatedItemRequest => ({ ...comment(''), content: content as never });
    const found = (content: object) => ({
      relatedItemId: 'i',
      type: undefined,
      associationTime: undefined,
      content: content as RelatedItemContent,
    });
    const sla = (more: object) => ({ name: 'n', type: 'CaseField', ...more });

    it('a contact, given back with its channel', () => {
      const asked = request({ contact: { contactArn: 'arn:c' } });
      assert.ok(isItemOf(asked, found({ contact: { contactArn: 'arn:c', channel: 'VOICE' } })));
      assert.ok(!isItemOf(asked, found({ contact: { contactArn: 'arn:other' } })));
    });
    it('a file', () => {
      const asked = request({ file: { fileArn: 'arn:f' } });
      assert.ok(isItemOf(asked, found({ file: { fileArn: 'arn:f' } })));
      assert.ok(!isItemOf(asked, found({ file: { fileArn: 'arn:g' } })));
    });
    it('a linked case, given by its ARN or its id', () => {
      const asked = request({ connectCase: { caseId: 'arn:aws:cases:r:1:domain/d/case/c2' } });
      assert.ok(isItemOf(asked, found({ connectCase: { caseId: 'c2' } })));
      assert.ok(!isItemOf(asked, found({ connectCase: { caseId: 'c3' } })));
    });
    it('an SLA, given back with a time in place of its minutes', () => {
      const target = { fieldId: 'status', targetFieldValues: [{ stringValue: 'closed' }] };
      const asked = request({ sla: { slaInputConfiguration: sla({ ...target, targetSlaMinutes: 60 }) } });
      const configuration = { status: 'Active', targetTime: new Date(), ...target };
      assert.ok(isItemOf(asked, found({ sla: { slaConfiguration: sla(configuration) } })));
      assert.ok(
        !isItemOf(asked, found({ sla: { slaConfiguration: sla({ ...configuration, fieldId: 'other' }) } })),
      );
    });
    it('a custom item, its fields in another order', () => {
      const fields = [
        { id: 'b', value: { doubleValue: 1 } },
        { id: 'a', value: { stringValue: 'x' } },
      ];
      const asked = request({ custom: { fields } });
      assert.ok(isItemOf(asked, found({ custom: { fields: fields.toReversed() } })));
      assert.ok(!isItemOf(asked, found({ custom: { fields: fields.slice(1) } })));
    });
    it('nothing of another type', () => {
      assert.ok(!isItemOf(request({ custom: { fields: [] } }), found({ comment: { body: 'x' } })));
    });
  });
});
