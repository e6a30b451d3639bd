import assert from 'node:assert/strict';
import { demo } from '../../../src/emulator';
import { commentNode, freezer, type Host, pump, startHost } from './host';

const domain = 'local-domain';
const [slaName, author] = ['Secret promise', 'secret-author'];
/** Its messages hold what the service marks sensitive. */
const slaNode = {
  id: 'sla',
  type: 'connect-cases-sla',
  domain,
  slaName: 'promise',
  slaNameType: 'msg',
  targetSlaMinutes: '60',
  targetSlaMinutesType: 'num',
  fieldId: '',
  fieldIdType: 'str',
  targetFieldValues: '',
  targetFieldValuesType: 'str',
  performedByKind: 'customEntity',
  performedBy: author,
  performedByType: 'str',
};
const slaMessage = { promise: slaName, note: `about ${slaName}` };

const nodes = [
  commentNode,
  slaNode,
  { ...commentNode, id: 'other', name: '' },
  { id: 'cases', type: 'connect-cases-find-cases', domain },
  {
    id: 'case',
    type: 'connect-cases-find-or-create-case',
    domain,
    match: [{ field: demo.fields.machine, value: 'topic', valueType: 'msg' }],
    templateId: demo.alarmTemplateId,
    title: 'Freezer 7 is warm',
    titleType: 'str',
  },
];

describe('what waits and what failed', function () {
  this.timeout(60_000);
  let host: Host;
  before(async () => {
    host = await startHost();
    await host.deploy(nodes);
  });
  beforeEach(() => host.ask('pause', { domain }));
  afterEach(async () => {
    await host.ask('drop', { domain, what: 'all' });
    await host.ask('resume', { domain });
    await host.until(({ waiting, inFlight }) => waiting + inFlight === 0);
    await host.ask('dropFailures', { ids: 'all' });
    host.service.setFaults([]);
    host.service.reset();
  });
  after(() => host?.stop());

  type Message = readonly [nodeId: string, msg: object];
  /** Hands messages to nodes; they wait now, and `ended` tells when all have ended. */
  const queue = async (...messages: readonly Message[]): Promise<{ ended: Promise<unknown> }> => {
    const ended = Promise.all(
      messages.map(([nodeId, msg]) => host.nodeRed.send(nodeId, { caseId: freezer.id, ...msg })),
    );
    await host.until(({ waiting }) => waiting === messages.length);
    return { ended };
  };
  /** Hands messages to nodes and waits until all have ended. */
  const end = async (...messages: readonly Message[]): Promise<void> => {
    const { ended } = await queue(...messages);
    await host.ask('resume', { domain });
    await ended;
  };

  describe('the list of what waits', () => {
    it('groups messages by case, with how many there are, and what the first is', async () => {
      const before = Date.now();
      await queue(
        ['comment', { payload: 'one' }],
        ['comment', { payload: 'two' }],
        ['other', { payload: 'three\nlines', caseId: pump.id }],
      );
      const { groups, total } = await host.ask('waiting', { domain });
      assert.equal(total, 2);
      assert.deepEqual(
        groups.map(({ caseId, operation, count, first: { nodeId, preview } }) => [
          ...[caseId, operation, count],
          ...[nodeId, preview],
        ]),
        [
          [freezer.id, 'CreateRelatedItem', 2, 'comment', 'one'],
          [pump.id, 'CreateRelatedItem', 1, 'other', 'three lines'],
        ],
      );
      for (const { first } of groups) assert.ok(first.at >= before && first.at <= Date.now());
    });

    it('comes in pages, and of one node alone', async () => {
      const cases = Array.from({ length: 5 }, (_, index) => `case-${index}`);
      await queue(...cases.map((caseId): Message => ['comment', { payload: caseId, caseId }]), [
        'other',
        { payload: 'x', caseId: 'case-1' },
      ]);
      const page = await host.ask('waiting', { domain, skip: 1, limit: 2 });
      assert.deepEqual(
        page.groups.map(({ caseId, count }) => [caseId, count]),
        [
          ['case-1', 2],
          ['case-2', 1],
        ],
      );
      assert.equal(page.total, 5);
      const { groups, total } = await host.ask('waiting', { domain, nodeId: 'other' });
      assert.deepEqual(
        [groups[0]?.caseId, groups[0]?.count, groups[0]?.first.preview, total],
        ['case-1', 1, 'x', 1],
      );
    });

    it('shows dots in place of authors and SLA names, unless asked for them', async () => {
      await queue(['sla', slaMessage]);
      const hidden = JSON.stringify(await host.ask('waiting', { domain }, 'reader'));
      assert.ok(hidden.includes('•••'));
      for (const text of [slaName, author]) assert.ok(!hidden.includes(text), text);
      const plain = JSON.stringify(await host.ask('waiting', { domain, plain: true }));
      assert.ok(plain.includes(slaName));
    });

    it('says of an alarm whose case is not known yet which machine it is about', async () => {
      await queue(['case', { topic: 'Freezer 7' }]);
      const previews = async (plain: boolean) =>
        (await host.ask('waiting', { domain, plain })).groups.map(({ first }) => first.preview);
      assert.deepEqual(await previews(true), ['Freezer 7']);
      assert.deepEqual(await previews(false), ['•••']);
    });

    it('has the titles of cases that messages or pickers have found', async () => {
      await host.ask('resume', { domain });
      await host.nodeRed.send('case', { topic: 'Freezer 7' });
      await host.ask('pause', { domain });
      const caseId = host.caseAbout('Freezer 7');
      await queue(
        ['comment', { payload: 'known', caseId }],
        ['comment', { payload: 'unknown', caseId: 'case-9' }],
      );
      const { groups } = await host.ask('waiting', { domain });
      assert.deepEqual(
        groups.map(({ title }) => title),
        ['Freezer 7 is warm', undefined],
      );
    });

    it('lets go of one message, of all of a case, and of all', async () => {
      const { ended } = await queue(
        ...['a1', 'a2', 'a3'].map((payload): Message => ['comment', { payload }]),
        ...['b1', 'b2'].map((payload): Message => ['comment', { payload, caseId: pump.id }]),
      );
      const [first, second] = (await host.ask('waiting', { domain })).groups;
      const message = first?.first.id ?? '';
      assert.deepEqual(await host.ask('drop', { domain, what: { message } }), { dropped: 1 });
      assert.deepEqual(await host.ask('drop', { domain, what: { message } }), { dropped: 0 });
      assert.deepEqual(await host.ask('drop', { domain, what: { group: second?.key ?? '' } }), {
        dropped: 2,
      });
      const { groups } = await host.ask('waiting', { domain });
      assert.deepEqual(
        groups.map(({ caseId, count, first: { preview } }) => [caseId, count, preview]),
        [[freezer.id, 2, 'a2']],
      );
      assert.deepEqual(await host.ask('drop', { domain, what: 'all' }), { dropped: 2 });
      await ended;
      assert.equal(host.service.requests.length, 0);
      assert.deepEqual((await host.ask('failures', {})).entries, [], 'what was dropped did not fail');
    });
  });

  describe('the list of what failed', () => {
    it('has the latest first, with node, case, what it was and why', async () => {
      const before = Date.now();
      await end(['comment', { payload: 'lost', caseId: 'no-such-case' }]);
      host.service.setFaults(['403*1']);
      await host.ask('pause', { domain });
      await end(['other', { payload: 'denied' }]);
      const { entries, total } = await host.ask('failures', {});
      assert.equal(total, 2);
      assert.equal((await host.ask('figures', {})).failures, 2);
      const [denied, lost] = entries;
      assert.deepEqual(
        [denied?.error?.code, denied?.nodeName, denied?.preview, denied?.caseId],
        ['ACCESS_DENIED', '', 'denied', freezer.id],
      );
      const { id, at, error, ...rest } = lost ?? assert.fail();
      assert.ok(id !== '' && at >= before && at <= Date.now());
      assert.deepEqual([error?.code, error?.created, error?.retryable], ['NOT_FOUND', 'no', false]);
      assert.deepEqual(rest, {
        ...{ nodeId: 'comment', nodeType: 'connect-cases-comment', nodeName: 'Say it' },
        ...{ operation: 'CreateRelatedItem', caseId: 'no-such-case', preview: 'lost', again: 'yes' },
      });
    });

    it('gives the message whole, to be copied, with dots in place of what is sensitive', async () => {
      await end(['sla', { ...slaMessage, caseId: 'no-such-case' }]);
      const [entry] = (await host.ask('failures', {})).entries;
      const { id } = entry ?? assert.fail();
      const { json } = await host.ask('message', { id }, 'reader');
      assert.ok(!json.includes(slaName));
      assert.equal(JSON.parse(json).note, 'about •••');
      const plain = await host.ask('message', { id, plain: true });
      assert.equal(JSON.parse(plain.json).note, slaMessage.note);
      assert.equal(await host.status('message', { id: 'another' }), 404);
    });

    it('forgets what is dropped, comes in pages, and of one node alone', async () => {
      await end(
        ...['1', '2', '3'].map((payload): Message => ['comment', { payload, caseId: `no-case-${payload}` }]),
        ['other', { payload: 'x', caseId: 'no-case' }],
      );
      const page = await host.ask('failures', { skip: 1, limit: 2 });
      assert.deepEqual([page.entries.length, page.total], [2, 4]);
      const { entries } = await host.ask('failures', { nodeId: 'other' });
      assert.deepEqual(
        entries.map(({ preview }) => preview),
        ['x'],
      );
      const ids = entries.map(({ id }) => id);
      assert.deepEqual(await host.ask('dropFailures', { ids: [...ids, 'another'] }), { dropped: 1 });
      assert.equal((await host.ask('failures', {})).total, 3);
      assert.deepEqual(await host.ask('dropFailures', { ids: 'all' }), { dropped: 3 });
    });

    it('sends a message again, for its node, and then forgets that it failed', async () => {
      host.service.setFaults(['403*1']);
      await end(
        ['comment', { payload: 'again' }],
        ['comment', { payload: 'not again', caseId: 'no-such-case' }],
      );
      const { entries } = await host.ask('failures', {});
      const ids = entries.filter(({ preview }) => preview === 'again').map(({ id }) => id);
      const { done } = await host.domain();
      assert.deepEqual(await host.ask('sendAgain', { ids }), { sent: 1, inDoubt: [], refused: [] });
      await host.until((figures) => figures.done === done + 1);
      assert.deepEqual(host.commentsOf(freezer.id), ['again']);
      const left = await host.ask('failures', {});
      assert.deepEqual(
        left.entries.map(({ preview }) => preview),
        ['not again'],
      );
    });

    it('sends what case nodes asked again, too', async () => {
      host.service.setFaults(['SearchCases=403*1']);
      await end(['cases', {}]);
      const [entry] = (await host.ask('failures', {})).entries;
      assert.deepEqual(
        [entry?.operation, entry?.error?.code, entry?.again],
        ['find-cases', 'ACCESS_DENIED', 'yes'],
      );
      const { done } = await host.domain();
      assert.deepEqual(await host.ask('sendAgain', { ids: 'all' }), { sent: 1, inDoubt: [], refused: [] });
      await host.until((figures) => figures.done === done + 1);
    });

    it('asks before it sends what may have been carried out', async () => {
      await host.deploy(nodes, { ambiguous: 'fail' });
      await host.ask('pause', { domain });
      host.service.setFaults(['lost*1']);
      await end(['comment', { payload: 'twice' }]);
      const [entry] = (await host.ask('failures', {})).entries;
      const { id, again } = entry ?? assert.fail();
      assert.equal(again, 'ask');
      assert.deepEqual(await host.ask('sendAgain', { ids: 'all' }), { sent: 0, inDoubt: [id], refused: [] });
      const { done } = await host.domain();
      await host.ask('sendAgain', { ids: [id], evenTwice: true });
      await host.until((figures) => figures.done === done + 1);
      assert.deepEqual(host.commentsOf(freezer.id), ['twice', 'twice']);
    });

    it('says why a message can not be sent again, and keeps it', async () => {
      await end(['comment', { payload: 'x', caseId: 'no-such-case' }]);
      await host.deploy(nodes, { d: true });
      const { sent, refused } = await host.ask('sendAgain', { ids: 'all' });
      assert.deepEqual([sent, refused.map(({ error }) => error.code)], [0, ['NOT_CONFIGURED']]);
      assert.equal((await host.ask('failures', {})).total, 1);
      await host.deploy(nodes);
    });

    it('has what a node refused, with every text redacted, and gives it to the node again', async () => {
      await host.ask('resume', { domain });
      await host.nodeRed.send('comment', { payload: '', note: 'about it', caseId: freezer.id });
      const [entry] = (await host.ask('failures', {})).entries;
      assert.deepEqual(
        [entry?.nodeId, entry?.error?.code, entry?.error?.field, entry?.again, entry?.preview],
        ['comment', 'INVALID_INPUT', 'comment.body', 'yes', ''],
      );
      const { id } = entry ?? assert.fail();
      assert.ok(!(await host.ask('message', { id })).json.includes('about it'));
      assert.ok((await host.ask('message', { id, plain: true })).json.includes('about it'));
      await host.deploy(
        nodes.map((node) => (node.id === 'comment' ? { ...node, body: 'note', bodyType: 'msg' } : node)),
      );
      assert.deepEqual(await host.ask('sendAgain', { ids: 'all' }), { sent: 1, inDoubt: [], refused: [] });
      await host.until(() => host.commentsOf(freezer.id).length === 1);
      assert.deepEqual(host.commentsOf(freezer.id), ['about it']);
      await host.deploy(nodes);
    });

    it('has a list of ten thousand rows that a node refused, with every text redacted', async () => {
      await host.ask('resume', { domain });
      const rows = Array.from({ length: 10_000 }, (_, index) => ({ name: `row ${index}`, unit: '°C' }));
      await host.nodeRed.send('comment', { payload: '', rows, caseId: freezer.id });
      const [entry] = (await host.ask('failures', {})).entries;
      const { json } = await host.ask('message', { id: entry?.id ?? assert.fail() });
      assert.deepEqual(
        JSON.parse(json).rows,
        rows.map(() => ({ name: '•••', unit: '•••' })),
      );
    });

    it('has what was carried out for a node that is gone, so that nothing of it is unknown', async () => {
      await host.ask('resume', { domain });
      await host.deploy([...nodes, { ...commentNode, id: 'gone' }]);
      host.service.setLatency(2000);
      void host.nodeRed.send('gone', { payload: 'done', caseId: freezer.id });
      await host.until(({ inFlight }) => inFlight === 1);
      await host.deploy(nodes);
      host.service.setLatency(0);
      const [entry] = (await host.ask('failures', {})).entries;
      const { nodeId, nodeType, again, error, outcome, preview } = entry ?? assert.fail();
      assert.deepEqual([nodeId, nodeType, again, error, preview], ['gone', '', 'no', undefined, 'done']);
      assert.match(outcome ?? '', /^created as arn:/);
    });

    it('keeps what has no node any more, and says so', async () => {
      await host.deploy([...nodes, { ...commentNode, id: 'gone' }]);
      await host.ask('resume', { domain });
      await host.nodeRed.send('gone', { payload: 'x', caseId: 'no-such-case' });
      await host.deploy(nodes);
      const [entry] = (await host.ask('failures', {})).entries;
      assert.deepEqual([entry?.nodeId, entry?.nodeType], ['gone', '']);
    });
  });
});
