import assert from 'node:assert/strict';
import { GetCaseCommand, UpdateCaseCommand } from '@aws-sdk/client-connectcases';
import { demo } from '../../src/emulator';
import {
  closeLocalCases,
  commentsOf,
  freezer,
  inFreezer,
  type LocalCases,
  localCases,
  pump,
  raw,
  refused,
} from '../support/local-cases';

afterEach(closeLocalCases);

const { domainId } = demo;

/** What the documents have and the SDK has not, so that it is called by hand. */
describe('operations on several cases of the local service', () => {
  let now: number;
  let local: LocalCases;
  beforeEach(async () => {
    now = Date.parse('2026-09-01T10:00:00Z');
    local = await localCases({ now: () => now });
  });
  const call = async (path: string, body: object) => {
    const response = await raw(local, path, body);
    const answer = (await response.json()) as Record<string, unknown>;
    return { status: response.status, code: response.headers.get('x-amzn-errortype'), answer };
  };
  const byId = (...ids: string[]) => ids.map((caseId) => ({ caseIdentifier: { caseId } }));
  const comment = (body: string) => ({ comment: { body, contentType: 'Text/Plain' } });
  type Items = { caseIdentifier: { caseId: string }; relatedItemId?: string; errorCode?: string }[];

  describe('BatchCreateRelatedItem', () => {
    const create = async (more: object = {}) => {
      const request = {
        domainId,
        content: comment('to all'),
        cases: byId(freezer.id, pump.id, 'nope'),
        ...more,
      };
      const { answer, ...rest } = await call('/cases:batchCreateRelatedItem', request);
      const { successfulItems = [], failedItems = [] } = answer as {
        successfulItems?: Items;
        failedItems?: Items;
      };
      return { ...rest, successfulItems, failedItems };
    };
    it('writes one comment to many cases, each by itself', async () => {
      const { status, successfulItems, failedItems } = await create();
      assert.equal(status, 200);
      assert.deepEqual(
        successfulItems.map(({ caseIdentifier }) => caseIdentifier.caseId),
        [freezer.id, pump.id],
      );
      assert.deepEqual(
        failedItems.map(({ caseIdentifier, errorCode }) => [caseIdentifier.caseId, errorCode]),
        [['nope', 'CASE_NOT_FOUND']],
      );
      assert.deepEqual(await commentsOf(local), ['to all']);
    });
    it('answers a repetition with the same token as it did before, and writes nothing', async () => {
      const clientToken = 'alarm-7';
      const first = await create({ clientToken });
      assert.deepEqual(await create({ clientToken }), first);
      assert.deepEqual(await commentsOf(local), ['to all']);
      assert.equal((await create({ clientToken, content: comment('else') })).code, 'ConflictException');
    });
    it('takes a case by its reference, and its path with an encoded colon', async () => {
      const cases = [{ caseIdentifier: { referenceId: '1001' } }];
      const request = { domainId, content: comment('by reference'), cases };
      assert.equal((await call('/cases%3AbatchCreateRelatedItem', request)).status, 200);
      assert.deepEqual(await commentsOf(local), ['by reference']);
    });
    it('fails as a whole for a case that comes twice, an unknown reference, or another item than a comment', async () => {
      const codes = [
        await create({ cases: byId(freezer.id, freezer.id) }),
        await create({ cases: [{ caseIdentifier: { referenceId: 'nope' } }] }),
        await create({ content: { connectCase: { caseId: pump.id } } }),
        await create({ domainId: 'nope' }),
      ].map(({ code }) => code);
      assert.deepEqual(codes, [
        'ValidationException',
        'ResourceNotFoundException',
        'ValidationException',
        'ResourceNotFoundException',
      ]);
      assert.deepEqual(await commentsOf(local), []);
    });
    it('can be denied apart from the single call', async () => {
      local.emulator.setDenied(['cases:IsBatchAction']);
      assert.equal((await create()).code, 'AccessDeniedException');
      await local.comment('alone');
      local.emulator.setDenied(['cases:CreateRelatedItem']);
      assert.equal((await create()).code, 'AccessDeniedException');
    });
  });

  it('BatchUpdateCase sets fields, by id or by name, on many cases', async () => {
    const update = (more: object) =>
      call('/cases:batchUpdateCase', { domainId, cases: byId(freezer.id, pump.id), ...more });
    const fields = [{ fieldIdentifier: { name: 'Temperature in °C' }, value: { doubleValue: 4 } }];
    const { status, answer } = await update({ fields, status: 'closed' });
    assert.equal(status, 200);
    assert.equal((answer.successfulCases as Items).length, 2);
    const request = new GetCaseCommand({
      ...inFreezer,
      fields: [{ id: 'status' }, { id: demo.fields.temperature }],
    });
    const found = await local.client.send(request);
    assert.deepEqual(
      found.fields?.map((field) => field?.value),
      [{ stringValue: 'closed' }, { doubleValue: 4 }],
    );
    for (const wrong of [
      {},
      { fields: [{ fieldIdentifier: { name: 'a|b' }, value: { stringValue: 'x' } }] },
      { fields: [{ fieldIdentifier: { id: 'title' }, value: { stringValue: 'x' } }] },
      { fields: [{ fieldIdentifier: { name: 'nope' }, value: { stringValue: 'x' } }] },
    ]) {
      assert.equal((await update(wrong)).code, 'ValidationException');
    }
  });

  describe('merging', () => {
    const merge = (more: object = {}) =>
      call(`/domains/${domainId}/cases/${pump.id}/merge`, {
        secondaryCaseIds: [freezer.id],
        relatedItemsConfiguration: { comment: true },
        ...more,
      });
    const statusOf = (caseId: string) => call(`/domains/${domainId}/cases/${caseId}/merge-status`, {});

    it('refuses writes to the secondary case with a conflict while it goes on, and takes them afterwards', async () => {
      await local.comment('goes over');
      assert.equal((await merge()).status, 200);
      await refused(local.comment('too early'), 'ConflictException');
      const reopen = new UpdateCaseCommand({
        ...inFreezer,
        fields: [{ id: 'status', value: { stringValue: 'open' } }],
      });
      await refused(local.client.send(reopen), 'ConflictException');
      assert.equal((await statusOf(pump.id)).answer.status, 'IN_PROGRESS');
      now += 2000;
      assert.deepEqual((await statusOf(freezer.id)).answer, {
        primaryCaseId: pump.id,
        secondaryCaseIds: [freezer.id],
        status: 'COMPLETED',
      });
      assert.equal((await statusOf(pump.id)).code, 'ResourceNotFoundException');
      assert.deepEqual(await commentsOf(local), []);
      const { relatedItems } = await local.search({ caseId: pump.id, filters: [{ comment: {} }] });
      assert.deepEqual(
        relatedItems.map(({ content }) => content?.comment?.body),
        ['goes over'],
      );
      await local.client.send(reopen);
      await local.comment('reopened');
      assert.equal((await merge()).code, 'ValidationException');
    });
    it('does not begin for closed cases, other customers, or a case with itself', async () => {
      assert.equal((await merge({ secondaryCaseIds: [pump.id] })).code, 'ValidationException');
      const close = new UpdateCaseCommand({
        ...inFreezer,
        fields: [{ id: 'status', value: { stringValue: 'closed' } }],
      });
      await local.client.send(close);
      assert.equal((await merge()).code, 'ValidationException');
    });
  });
});
