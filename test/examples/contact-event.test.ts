import assert from 'node:assert/strict';
import { type Deployed, deployed, freezer, stopRunning } from './running';

after(stopRunning);

const address = 'connect/contact-event';
const instanceArn = 'arn:aws:connect:us-east-1:123456789012:instance/12345678-1234-1234-1234-123456789012';
const contactId = '11111111-1111-1111-1111-111111111111';

/** An event as Amazon Connect documents it for a call that an agent takes. */
const event = (id: string, eventType = 'CONNECTED_TO_AGENT', tags: object = { caseId: freezer.id }) => ({
  version: '0',
  id,
  'detail-type': 'Amazon Connect Contact Event',
  source: 'aws.connect',
  account: '123456789012',
  time: '2026-11-03T17:43:48Z',
  region: 'us-east-1',
  resources: [instanceArn, `${instanceArn}/contact/${contactId}`],
  detail: {
    eventType,
    contactId,
    initialContactId: '11111111-2222-3333-4444-555555555555',
    previousContactId: '11111111-2222-3333-4444-555555555555',
    channel: 'Voice',
    instanceArn,
    initiationMethod: 'INBOUND',
    initiationTimestamp: '2026-11-03T17:17:53.000Z',
    connectedToSystemTimestamp: '2026-11-03T17:17:55.000Z',
    queueInfo: {
      queueArn: `${instanceArn}/queue/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`,
      queueType: 'type',
      enqueueTimestamp: '2026-11-03T17:29:04.000Z',
    },
    agentInfo: {
      agentArn: `${instanceArn}/agent/bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee`,
      connectedToAgentTimestamp: '2026-11-03T17:29:09.000Z',
    },
    tags: { 'aws:connect:instanceId': '12345678-1234-1234-1234-123456789012', ...tags },
  },
});

describe('the example for contact events', function () {
  this.timeout(60_000);
  let flow: Deployed;

  beforeEach(async () => {
    flow = await deployed('stories/contact-event-to-linked-contact');
  });

  it('links the call to the case of its tag, once for each event id', async () => {
    for (const id of ['event-1', 'event-1']) {
      assert.equal((await flow.post(address, event(id))).status, 200);
    }
    assert.deepEqual(
      flow.made.map(({ type, caseId, content }) => [type, caseId, content]),
      [['Contact', freezer.id, { contact: { contactArn: `${instanceArn}/contact/${contactId}` } }]],
    );
  });

  it('leaves other events and calls without a case alone', async () => {
    for (const other of [
      event('event-2', 'QUEUED'),
      event('event-3', 'CONNECTED_TO_AGENT', { caseId: undefined }),
    ]) {
      assert.deepEqual(await flow.post(address, other), { status: 200, body: 'nothing to do' });
    }
    assert.deepEqual(flow.made, []);
  });

  it('answers 400 to a case that does not exist', async () => {
    const lost = event('event-4', 'CONNECTED_TO_AGENT', { caseId: 'no such case' });
    assert.equal((await flow.post(address, lost)).status, 400);
  });

  it('is tried with its button and its curl line', async () => {
    await flow.press();
    assert.equal((await flow.items(1))[0]?.caseId, freezer.id);
    await flow.shows('the answer', /^200: written$/);
    const given = { 'YOUR-INSTANCE-ARN': instanceArn, 'A-CONTACT-ID': contactId, 'A-CASE-ID': freezer.id };
    assert.deepEqual(await flow.curl(given), { status: 200, body: 'written' });
  });

  it('links nothing where the case or the contact is blank, and takes events without an id for different ones', async () => {
    for (const caseId of [null, ''])
      assert.equal(
        (await flow.post(address, event('e', 'CONNECTED_TO_AGENT', { caseId }))).body,
        'nothing to do',
      );
    for (const lack of [{ contactId: null }, { instanceArn: '' }]) {
      const { detail, ...rest } = event('event-5');
      assert.equal((await flow.post(address, { ...rest, detail: { ...detail, ...lack } })).status, 400);
    }
    for (const strange of ['a text', {}, []])
      assert.equal((await flow.post(address, strange)).body, 'nothing to do');
    assert.deepEqual(flow.made, []);
    for (const id of [undefined, undefined])
      assert.equal((await flow.post(address, { ...event(''), id })).status, 200);
    assert.equal(flow.made.length, 2);
  });
});
