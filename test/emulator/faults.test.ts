import assert from 'node:assert/strict';
import { createFaults, parseFaults } from '../../src/emulator/wire/faults';
import {
  closeLocalCases,
  commentsOf,
  inFreezer,
  type LocalCases,
  localCases,
  raw,
  refused,
  relatedItemsPath,
} from '../support/local-cases';

afterEach(closeLocalCases);

describe('faults of the local service', () => {
  const body = { type: 'Comment', content: { comment: { body: 'hi', contentType: 'Text/Plain' } } };
  const created = async (local: LocalCases) => (await commentsOf(local)).length;

  it('lost: the item exists, the answer never comes', async () => {
    const local = await localCases({ faults: ['lost'] });
    await assert.rejects(local.comment('hi'), { code: 'ECONNRESET' });
    assert.equal(await created(local), 1);
  });
  it('reset: the connection breaks before anything is done', async () => {
    const local = await localCases({ faults: ['reset'] });
    await assert.rejects(local.comment('hi'), { code: 'ECONNRESET' });
    assert.equal(await created(local), 0);
  });
  it('500 and 503: nothing was created; 500-after: it was', async () => {
    const local = await localCases({ faults: ['500'] });
    await refused(local.comment('hi'), 'InternalServerException');
    local.emulator.setFaults(['503']);
    assert.equal((await raw(local, relatedItemsPath, body)).status, 503);
    assert.equal(await created(local), 0);
    local.emulator.setFaults(['500-after']);
    await refused(local.comment('hi'), 'InternalServerException');
    assert.equal(await created(local), 1);
  });
  it('500@3: says when to come back', async () => {
    const local = await localCases({ faults: ['500@3'] });
    await assert.rejects(local.comment('hi'), { name: 'InternalServerException', retryAfterSeconds: 3 });
  });
  for (const [kind, name] of [
    ['402', 'ServiceQuotaExceededException'],
    ['403', 'AccessDeniedException'],
    ['409', 'ConflictException'],
    ['429', 'ThrottlingException'],
  ] as const) {
    it(`${kind}: ${name}, and nothing was created`, async () => {
      const local = await localCases({ faults: [kind] });
      await refused(local.comment('hi'), name);
      assert.equal(await created(local), 0);
    });
  }
  it('slow@SECONDS: the item exists long before the answer comes', async () => {
    const local = await localCases({ faults: ['slow@3600'] });
    const answer = assert.rejects(local.comment('hi'));
    const { cases } = local.emulator.service.state;
    while (cases.get(inFreezer.caseId)?.items.length !== 1) await new Promise(setImmediate);
    await local.emulator.close();
    await answer;
  });
  it('*: hits every operation', async () => {
    const local = await localCases({ faults: ['*=503'] });
    await refused(local.search(), 'ServiceUnavailableException');
    assert.equal((await raw(local, relatedItemsPath, body)).status, 503);
  });
  it('timeout: the item exists, the connection stays open without an answer', async () => {
    const local = await localCases({ faults: ['timeout'] });
    const asking = new AbortController();
    const { signal } = asking;
    const answer = assert.rejects(raw(local, relatedItemsPath, body, { signal }), { name: 'AbortError' });
    while ((await created(local)) !== 1) await new Promise(setImmediate);
    // By then a request that came after it has been answered.
    assert.equal(await created(local), 1);
    asking.abort();
    await answer;
  });
  it('*1: hits the first request only, and another operation when it is named', async () => {
    const local = await localCases({ faults: ['500*1', 'SearchRelatedItems=503*1'] });
    await refused(local.comment('first'), 'InternalServerException');
    await local.comment('second');
    await refused(local.search(), 'ServiceUnavailableException');
    assert.deepEqual(await commentsOf(local), ['second']);
  });
  it('latency: the item exists long before the answer comes', async () => {
    const local = await localCases({ latencyMs: 3_600_000 });
    const answer = assert.rejects(local.comment('hi'));
    const { cases } = local.emulator.service.state;
    while (cases.get(inFreezer.caseId)?.items.length !== 1) await new Promise(setImmediate);
    await local.emulator.close();
    await answer;
  });
  it('happen as often as was asked for, and the same way again with the same seed', () => {
    const draw = (seed: number) => {
      const next = createFaults(parseFaults(['lost:0.1', '500:0.05']).faults, seed);
      return Array.from({ length: 10_000 }, () => next('CreateRelatedItem')?.kind);
    };
    const drawn = draw(7);
    assert.deepEqual(draw(7), drawn);
    assert.notDeepEqual(draw(8), drawn);
    const share = (kind: string) => drawn.filter((fault) => fault === kind).length / drawn.length;
    assert.ok(Math.abs(share('lost') - 0.1) < 0.015);
    assert.ok(Math.abs(share('500') - 0.05) < 0.015);
  });
  it('are refused when they are misspelt', () => {
    for (const text of ['lots:0.1', 'lost:2', 'lost:x', 'Create=lost', 'lag', 'slow', 'lost:1.2.3', '']) {
      assert.throws(() => parseFaults([text]), /is not a fault/, text);
    }
  });
  it('are refused when they share more than there is; those that end leave the rest to the others', () => {
    assert.throws(() => parseFaults(['lost:0.6', '500:0.5']), /CreateRelatedItem have shares of 1\.1/);
    assert.throws(() => parseFaults(['CreateCase=lost:0.6', '*=500:0.5']), /CreateCase/);
    assert.equal(parseFaults(['lost*1', '500*2', '503']).faults.length, 3);
  });
});
