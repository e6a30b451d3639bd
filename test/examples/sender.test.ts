import assert from 'node:assert/strict';
import { type Deployed, deployed, freezer, running, stopRunning } from './running';

after(stopRunning);

const address = 'case-events';

/** A case event as EventBridge hands it on. */
const event = (
  changes: object = {},
  performedBy: object = { user: { userArn: 'arn:aws:connect:agent/a' } },
) => ({
  version: '0',
  id: 'e1',
  'detail-type': 'Amazon Connect Cases Change',
  source: 'aws.cases',
  detail: {
    eventType: 'RELATED_ITEM.CREATED',
    performedBy: { ...performedBy, iamPrincipalArn: 'arn:aws:iam::123456789012:role/any' },
    relatedItem: {
      relatedItemType: 'Comment',
      relatedItemId: 'r1',
      caseId: freezer.id,
      comment: { body: 'A technician comes & looks.' },
    },
    ...changes,
  },
});

describe('the example that tells the sender what an agent wrote', function () {
  this.timeout(60_000);
  let flow: Deployed;
  beforeEach(async () => {
    flow = await deployed('stories/agent-comment-to-sender');
  });
  afterEach(async () => (await running()).emulator.setDenied([]));

  it('tells the number and the title of the case, and what was written', async () => {
    assert.deepEqual(await flow.post(address, event()), { status: 200, body: 'told' });
    await flow.shows(
      'to the sender',
      new RegExp(`^Your case #1001 \\(${freezer.title}\\): A technician comes & looks\\.$`),
    );
  });

  it('tells nobody what it may have written itself, and of no other event', async () => {
    for (const other of [
      event({}, { user: { customEntity: 'freezer-bot' } }),
      event({}, {}),
      event({ eventType: 'CASE.UPDATED' }),
      event({ relatedItem: { relatedItemType: 'Sla', caseId: freezer.id } }),
      { hello: 'world' },
    ]) {
      assert.deepEqual(await flow.post(address, other), { status: 200, body: 'nothing to do' });
    }
  });

  it('asks for the event again only where that may help', async () => {
    (await running()).emulator.setDenied(['cases:GetCase']);
    assert.equal((await flow.post(address, event())).status, 400);
  });

  it('is tried with its button and its curl line', async () => {
    await flow.press();
    await flow.shows('the answer', /^200: told$/);
    assert.deepEqual(await flow.curl({ 'YOUR-CASE-ID': freezer.id }), { status: 200, body: 'told' });
  });
});
