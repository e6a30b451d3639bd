import assert from 'node:assert/strict';
import { ListDomainsCommand } from '@aws-sdk/client-connectcases';
import fc from 'fast-check';
import { createThrottle } from '../../src/emulator/wire/quota';
import { closeLocalCases, localCases, refused } from '../support/local-cases';

afterEach(closeLocalCases);

const region = 'us-east-1';

describe('quotas of the local service', () => {
  it('refuse with a ThrottlingException, and let go when time has passed', async () => {
    let now = 0;
    const local = await localCases({ quota: { perSecond: 2, burst: 3 }, now: () => now });
    for (const body of ['a', 'b', 'c']) await local.comment(body);
    await assert.rejects(local.comment('d'), { name: 'ThrottlingException', $fault: 'client' });
    now += 500;
    await local.comment('d');
    await refused(local.comment('e'), 'ThrottlingException');
  });
  it('are kept per API and per Region', () => {
    const throttle = createThrottle({ perSecond: 1, burst: 1 }, () => 0);
    assert.equal(throttle.take('CreateRelatedItem', region), true);
    assert.equal(throttle.take('CreateRelatedItem', region), false);
    assert.equal(throttle.take('SearchRelatedItems', region), true);
    assert.equal(throttle.take('CreateRelatedItem', 'eu-central-1'), true);
  });
  it('are those of the service where nothing else is said', () => {
    const throttle = createThrottle(undefined, () => 0);
    const atOnce = (operation: Parameters<typeof throttle.take>[0]) => {
      let taken = 0;
      while (throttle.take(operation, region)) taken += 1;
      return taken;
    };
    assert.equal(atOnce('CreateRelatedItem'), 10);
    assert.equal(atOnce('UpdateCase'), 2);
    assert.equal(atOnce('GetTemplate'), 20);
    assert.equal(atOnce('ListDomains'), 5);
    assert.equal(atOnce('ListFieldOptions'), 16);
    assert.equal(atOnce('BatchGetCaseRule'), 25);
    for (const kind of ['Field', 'Template', 'Layout', 'CaseRule'] as const)
      for (const verb of ['Create', 'Update'] as const) assert.equal(atOnce(`${verb}${kind}`), 5);
    for (const operation of ['CreateDomain', 'BatchPutFieldOptions', 'DeleteCaseRule'] as const)
      assert.equal(atOnce(operation), 5, operation);
  });
  it('can be set for one API, and raised while it runs; the other APIs keep theirs', async () => {
    const local = await localCases({
      quota: { CreateRelatedItem: { perSecond: 1, burst: 1 } },
      now: () => 0,
    });
    await local.comment('a');
    await refused(local.comment('b'), 'ThrottlingException');
    const listDomains = () => local.client.send(new ListDomainsCommand());
    for (let count = 0; count < 5; count += 1) await listDomains();
    await refused(listDomains(), 'ThrottlingException');
    local.emulator.setQuota('unlimited');
    await local.comment('b');
    await listDomains();
  });
  it('never let more through than burst plus rate times the time', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 60 }),
        (perSecond, burst, gaps) => {
          let now = 0;
          const throttle = createThrottle({ perSecond, burst }, () => now);
          let taken = 0;
          for (const gap of gaps) {
            now += gap;
            if (throttle.take('CreateRelatedItem', region)) taken += 1;
          }
          assert.ok(taken <= burst + (perSecond * now) / 1000);
          assert.ok(taken >= Math.min(gaps.length, burst));
        },
      ),
    ));
});
