import assert from 'node:assert/strict';
import { type CasesServer, isList, startCasesServer } from '../support/cases-server';
import { configNodes, delivered, itemNodes, startFlow, stopFlow } from '../support/runtime-flow';

/** [node, message, body of the request] */
const requests: readonly [string, object, object][] = [
  [
    'comment',
    { payload: 'Freezer 7 is warm' },
    { type: 'Comment', content: { comment: { body: 'Freezer 7 is warm', contentType: 'Text/Plain' } } },
  ],
  [
    'contact',
    { payload: 'arn:aws:connect:eu-central-1:1:instance/i/contact/c' },
    {
      type: 'Contact',
      content: { contact: { contactArn: 'arn:aws:connect:eu-central-1:1:instance/i/contact/c' } },
    },
  ],
  [
    'file',
    { payload: 'arn:aws:connect:eu-central-1:1:instance/i/file/f' },
    { type: 'File', content: { file: { fileArn: 'arn:aws:connect:eu-central-1:1:instance/i/file/f' } } },
  ],
  [
    'sla',
    {
      payload: {
        name: 'First response',
        targetSlaMinutes: '60',
        fieldId: 'status',
        targetFieldValues: 'closed',
      },
    },
    {
      type: 'Sla',
      content: {
        sla: {
          slaInputConfiguration: {
            name: 'First response',
            type: 'CaseField',
            fieldId: 'status',
            targetFieldValues: [{ stringValue: 'closed' }],
            targetSlaMinutes: 60,
          },
        },
      },
    },
  ],
  ['connect-case', { payload: 'c2' }, { type: 'ConnectCase', content: { connectCase: { caseId: 'c2' } } }],
  [
    'custom',
    { payload: { machine: 'Freezer 7', temperature: -11.5, ok: false, note: null } },
    {
      type: 'Custom',
      content: {
        custom: {
          fields: [
            { id: 'machine', value: { stringValue: 'Freezer 7' } },
            { id: 'temperature', value: { doubleValue: -11.5 } },
            { id: 'ok', value: { booleanValue: false } },
            { id: 'note', value: { emptyValue: {} } },
          ],
        },
      },
    },
  ],
];

const firstBody = <Body>(server: CasesServer): Body => server.seen[0]?.body as Body;

describe('what goes over the wire', () => {
  let server: CasesServer;
  before(async () => {
    server = await startCasesServer();
  });
  beforeEach(() => {
    server.seen.length = 0;
  });
  afterEach(stopFlow);
  after(() => server.close());

  for (const [base, message, body] of requests) {
    it(`"${base}" sends one signed POST with exactly this body`, async () => {
      await startFlow([...configNodes(server.url), ...itemNodes(base)]);
      const out = await delivered({ caseId: 'c1', ...message });
      const [request, ...more] = server.seen.filter(({ path }) => !isList(path));
      assert.deepEqual(more, []);
      assert.equal(request?.method, 'POST');
      assert.equal(request?.path, '/domains/d1/cases/c1/related-items/');
      assert.match(
        String(request?.headers.authorization),
        /^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/eu-central-1\/cases\/aws4_request/,
      );
      assert.deepEqual(request?.body, body);
      assert.equal(out.payload, 'arn:aws:cases:::related-item/item-1');
    });
  }

  it('a full case ARN is one label of the path', async () => {
    await startFlow([...configNodes(server.url), ...itemNodes('comment')]);
    await delivered({ caseId: 'arn:aws:cases:eu-central-1:1:domain/d1/case/c1', payload: 'x' });
    assert.equal(
      server.seen[0]?.path,
      '/domains/d1/cases/arn%3Aaws%3Acases%3Aeu-central-1%3A1%3Adomain%2Fd1%2Fcase%2Fc1/related-items/',
    );
  });

  describe('who the item is by', () => {
    const author = async (domain: object, item: object, message: object = {}) => {
      await startFlow([...configNodes(server.url, domain), ...itemNodes('comment', item)]);
      await delivered({ caseId: 'c1', payload: 'x', ...message });
      return firstBody<{ performedBy?: object }>(server).performedBy;
    };
    const robot = { performedByKind: 'customEntity', performedBy: 'robot' };

    it('is left to the service where nobody says', async () => assert.equal(await author({}, {}), undefined));
    it('comes from the domain', async () =>
      assert.deepEqual(await author(robot, {}), { customEntity: 'robot' }));
    it('comes from the node before the domain', async () =>
      assert.deepEqual(
        await author(
          robot,
          { performedByKind: 'userArn', performedBy: 'who', performedByType: 'msg' },
          { who: 'arn:u' },
        ),
        { userArn: 'arn:u' },
      ));
    it('is left out where the node says so', async () =>
      assert.equal(await author(robot, { performedByKind: 'none' }), undefined));
  });

  describe('where a value comes from', () => {
    const bodyOf = async (item: object, message: object = {}) => {
      await startFlow([...configNodes(server.url), ...itemNodes('comment', item)]);
      await delivered({ caseId: 'c1', ...message });
      return firstBody<{ content: { comment: { body: string } } }>(server).content.comment.body;
    };

    it('a text typed in', async () =>
      assert.equal(await bodyOf({ body: 'typed', bodyType: 'str' }), 'typed'));
    it('a part of the message', async () =>
      assert.equal(
        await bodyOf({ body: 'alert.text', bodyType: 'msg' }, { alert: { text: 'deep' } }),
        'deep',
      ));
    it('a JSONata expression', async () =>
      assert.equal(await bodyOf({ body: '"T=" & t', bodyType: 'jsonata' }, { t: 21 }), 'T=21'));
    it('an environment variable', async () => {
      process.env.CONNECT_CASES_TEST_BODY = 'from the environment';
      assert.equal(
        await bodyOf({ body: 'CONNECT_CASES_TEST_BODY', bodyType: 'env' }),
        'from the environment',
      );
    });
    it('JSON typed in', async () =>
      assert.equal(await bodyOf({ body: '{"body":"exact"}', bodyType: 'json' }), 'exact'));
  });
});
