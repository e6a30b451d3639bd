import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConnectionTest, lookUpPath } from '../../src/definition/look-up-protocol';
import { deploy, keys } from '../support/deployed-flow';
import { readAnswer } from '../support/look-up-answer';
import { type NodeRed, startNodeRed } from '../support/node-red';

type Answer = (path: URL, response: ServerResponse) => void;

const json =
  (body: unknown, status = 200): Answer =>
  (_path, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** What answers in the service's place may say anything: the lists of the forms take what makes sense. */
describe('the lists of the forms, where the service does not answer as documented', function () {
  this.timeout(30_000);
  let nodeRed: NodeRed;
  let answer: Answer;
  let requests = 0;
  const service = createServer((request, response) => {
    requests += 1;
    request.resume().once('end', () => answer(new URL(String(request.url), 'http://service'), response));
  });
  const endpoint = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  /** Each in a domain of its own, since answers are remembered for a while. */
  let domains = 0;

  before(async () => {
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    nodeRed = await startNodeRed();
    await deploy(nodeRed.url, [
      { id: 'keys', type: 'connect-cases-credentials', method: 'keys', credentials: keys },
      {
        id: 'domain',
        type: 'connect-cases-domain',
        auth: 'keys',
        region: 'us-east-1',
        endpoint: endpoint(),
        domainId: 'd1',
      },
    ]);
  });
  after(async () => {
    await nodeRed.stop();
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
  });
  beforeEach(() => {
    requests = 0;
    domains += 1;
  });

  async function ask(name: string, more: object = {}): Promise<{ found?: unknown; problem?: string }> {
    const domain = {
      id: 'domain',
      auth: 'keys',
      region: 'us-east-1',
      endpoint: endpoint(),
      domainId: `d${domains}`,
    };
    const reply = await fetch(`${nodeRed.url}${lookUpPath}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ domain, credentials: { id: 'keys', method: 'keys' }, ...more }),
    });
    return readAnswer(reply);
  }

  for (const [what, body] of [
    ['no list', {}],
    ['a list itself', []],
    ['a text', 'fields'],
    ['an object in place of the list', { fields: {} }],
  ] as const) {
    it(`${what} is told as what it is`, async () => {
      answer = json(body);
      assert.deepEqual(await ask('fields'), {
        problem: 'The answer is not the documented one: it has no list of fields. Check the endpoint.',
      });
    });
  }

  it('what has no id can not be chosen, and a name that is none is not shown', async () => {
    answer = json({
      fields: [
        null,
        7,
        {},
        { fieldId: 12345, name: 'x' },
        { fieldId: 'f1', name: { odd: true }, type: ['Text'], namespace: 'Custom' },
        { fieldId: 'f2', name: 'Celsius', type: 'Number', namespace: 'Custom' },
      ],
    });
    assert.deepEqual(await ask('fields'), {
      found: [
        { id: 'f1', name: 'f1', type: '', custom: true },
        { id: 'f2', name: 'Celsius', type: 'Number', custom: true },
      ],
    });
  });

  it('a title that is none is not shown', async () => {
    answer = json({
      cases: [null, { caseId: 'c1', fields: [null] }, { caseId: 7 }, { caseId: 'c2', fields: 'x' }],
    });
    assert.deepEqual(await ask('cases', { search: 'pump' }), {
      found: [
        { id: 'c1', name: 'c1' },
        { id: 'c2', name: 'c2' },
      ],
    });
  });

  it('a list that never ends is read up to a bound, and shown', async () => {
    let pages = 0;
    answer = (path, response) => {
      pages += 1;
      json({
        options: [{ value: `v${pages}`, name: `Option ${pages}`, active: true }],
        nextToken: `${pages}`,
      })(path, response);
    };
    const { found } = await ask('options', { fieldId: 'status' });
    assert.equal((found as unknown[]).length, requests);
    assert.equal(requests, 10);
  });

  it('a list whose next page is the same for ever is read twice', async () => {
    answer = json({ templates: [{ templateId: 't1', name: 'Repair' }], nextToken: 'again' });
    const { found } = await ask('templates');
    assert.deepEqual(found, [
      { id: 't1', name: 'Repair' },
      { id: 't1', name: 'Repair' },
    ]);
    assert.equal(requests, 2);
  });

  for (const [what, page] of [
    ['a redirect', json({ location: 'elsewhere' }, 302)],
    [
      'a page',
      (_path, response) =>
        void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not here</html>'),
    ],
  ] as const satisfies readonly (readonly [string, Answer])[]) {
    it(`${what} is something in between, and no reason to look for a permission`, async () => {
      answer = page;
      assert.match(
        String((await ask('domains')).problem),
        /^Something in between answers for the service \(HTTP \d+\)/,
      );
      const { found } = (await ask('test')) as { found: ConnectionTest };
      assert.equal(found.verdict, 'unreachable');
    });
  }
});
