import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { type CasesServer, json, startCasesServer } from '../support/cases-server';
import { startWatched, type WatchedNodeRed } from './watched-node-red';

/** How a request with a name in it fails: what the service answers, or what is sent in place of the name. */
interface Failure {
  /** The code that the flow gets. */
  readonly code: string;
  readonly answer?: (response: ServerResponse, name: string) => void;
  readonly value?: (name: string) => unknown;
}
/** Answers with an error that repeats the name in every text that it has. */
const echo =
  (status: number, type: string) =>
  (response: ServerResponse, name: string): void => {
    const body = { message: `'${name}' is bad: ${name}`, resourceId: name, resourceType: name };
    json(response, status, body, type);
  };
const says = (status: number, type: string, code: string): Failure => ({ code, answer: echo(status, type) });
const unreadable = (status: number, code: string): Failure => ({
  code,
  answer: (response, name) => response.writeHead(status).end(`<html>${name}`),
});

const failures: Readonly<Record<string, Failure>> = {
  '400': says(400, 'ValidationException', 'VALIDATION'),
  'an unknown 400': says(400, 'StrangeException', 'SERVICE'),
  '402': says(402, 'ServiceQuotaExceededException', 'QUOTA_EXCEEDED'),
  '403': says(403, 'AccessDeniedException', 'ACCESS_DENIED'),
  'wrong keys': says(403, 'UnrecognizedClientException', 'CREDENTIALS'),
  '404': says(404, 'ResourceNotFoundException', 'NOT_FOUND'),
  '500': says(500, 'InternalServerException', 'SERVICE'),
  'a page for an answer': unreadable(200, 'EXPIRED'),
  'a page for an error': unreadable(502, 'NETWORK'),
  'a lost answer': { code: 'NETWORK', answer: (response) => response.socket?.destroy() },
  'half an answer': {
    code: 'NETWORK',
    answer: (response, name) => {
      response.writeHead(200, { 'content-length': '5000' }).write(`{"relatedItemId":"${name}`);
      setImmediate(() => response.socket?.destroy());
    },
  },
  'no answer': { code: 'TIMEOUT', answer: () => undefined },
  'a blank at its end': { code: 'INVALID_INPUT', value: (name) => `${name} ` },
  'too many characters': { code: 'INVALID_INPUT', value: (name) => name.repeat(501) },
  'a list of it': { code: 'INVALID_INPUT', value: (name) => [name] },
  'an object with it': { code: 'INVALID_INPUT', value: (name) => ({ [name]: name }) },
};

/** Names that are in nothing that is said anyway. */
const nameOf = (unit: fc.Arbitrary<string>) =>
  fc.string({ unit, minLength: 6, maxLength: 40 }).map((text) => `Zq7${text.replace(/[\p{C}\p{Z}]/gu, '')}j`);
const names = {
  sla: nameOf(fc.constantFrom(...'abcXYZ019äß日本😀"\'\\$&<%.*')),
  author: nameOf(fc.constantFrom(...'abcXYZ019_-.@:/')),
};
type Item = keyof typeof names;

describe('names that the service marks sensitive (SLA, customEntity) are in no log, status or error', function () {
  this.timeout(60_000);
  let server: CasesServer;
  let nodeRed: WatchedNodeRed;
  before(async () => {
    server = await startCasesServer();
    nodeRed = await startWatched();
    await nodeRed.deploy(flow());
  });
  after(async () => {
    await nodeRed?.stop();
    await server?.close();
  });

  const flow = (domain: object = {}) => [
    { id: 'tab', type: 'tab', label: 'Test' },
    {
      id: 'local-keys',
      type: 'connect-cases-credentials',
      method: 'keys',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'x' },
    },
    {
      id: 'domain',
      type: 'connect-cases-domain',
      auth: 'local-keys',
      region: 'us-east-1',
      domainId: 'd1',
      endpoint: server.url,
      rate: 1000,
      burst: 1000,
      ambiguous: 'fail',
      ...domain,
    },
    ...[
      { id: 'sla', type: 'connect-cases-sla' },
      { id: 'author', type: 'connect-cases-comment', ...author('author', 'msg') },
      {
        id: 'sla-expression',
        type: 'connect-cases-sla',
        slaName: '$number(payload.name)',
        slaNameType: 'jsonata',
      },
      { id: 'author-expression', type: 'connect-cases-comment', ...author('$number(author)', 'jsonata') },
    ].map((node) => ({ ...node, z: 'tab', x: 0, y: 0, domain: 'domain', wires: [[]] })),
    { id: 'catch', type: 'catch', z: 'tab', x: 0, y: 0, scope: null, wires: [[]] },
  ];
  const author = (performedBy: string, performedByType: string) => ({
    performedByKind: 'customEntity',
    performedBy,
    performedByType,
  });
  const message = (item: Item, value: unknown) => ({
    caseId: 'c1',
    ...(item === 'sla'
      ? { payload: { name: value, targetSlaMinutes: 60 } }
      : { payload: 'x', author: value }),
  });

  /** Runs what makes a node refuse messages with `name`; gives the codes it said, none of them with the name. */
  async function codesOf(name: string, run: () => Promise<unknown>): Promise<string[]> {
    const before = nodeRed.said.length;
    await run();
    const said = nodeRed.said.slice(before);
    const forms = [name, JSON.stringify(name).slice(1, -1), inspect(name).slice(1, -1)];
    for (const { where, text } of said) {
      for (const form of forms) assert.ok(!text.includes(form), `${form} is in ${where}: ${text}`);
    }
    if (said.some((x) => x.text.includes('NOT_CONFIGURED'))) console.log(said.map((x) => x.text).join('\n'));
    return said.flatMap(({ where, text }) =>
      where === 'catch' ? [/code: '(\w+)'/.exec(text)?.[1] ?? ''] : [],
    );
  }
  const answerWith = (answer: Failure['answer'], name: string) => {
    if (answer) server.answer = (_request, response) => answer(response, name);
  };

  for (const item of ['sla', 'author'] as const) {
    for (const [kind, { code, answer, value = (name: string) => name }] of Object.entries(failures)) {
      it(`${item}: ${kind}`, async () => {
        // A page is none of the service's: messages wait as without a network, and the delivery is not used again.
        const isPage = kind.startsWith('a page');
        const isSlow = isPage || kind === 'no answer';
        if (isSlow) await nodeRed.deploy(flow(isPage ? { deadlineSeconds: 1 } : { timeoutSeconds: 0.2 }));
        await fc.assert(
          fc.asyncProperty(names[item], async (name) => {
            answerWith(answer, name);
            const codes = await codesOf(name, () => nodeRed.send(item, message(item, value(name))));
            assert.deepEqual(codes, [code]);
          }),
          { numRuns: isSlow ? 2 : 15 },
        );
        if (isSlow) await nodeRed.deploy(flow());
      });
    }

    it(`${item}: an expression that fails on it`, () =>
      fc.assert(
        fc.asyncProperty(names[item], async (name) => {
          const codes = await codesOf(name, () => nodeRed.send(`${item}-expression`, message(item, name)));
          assert.deepEqual(codes, ['INVALID_INPUT']);
        }),
        { numRuns: 15 },
      ));
  }

  it('while an item is looked up, and that is not permitted', async () => {
    const name = 'Zq7-doubtful-j';
    await nodeRed.deploy(flow({ ambiguous: 'verify' }));
    let lost = 0;
    server.answer = ({ path }, response) => {
      if (path.endsWith('related-items-search')) echo(403, 'AccessDeniedException')(response, name);
      else if (lost++ === 0) response.socket?.destroy();
      else echo(400, 'ValidationException')(response, name);
    };
    const before = nodeRed.said.length;
    assert.deepEqual(await codesOf(name, () => nodeRed.send('sla', message('sla', name))), ['VALIDATION']);
    assert.ok(nodeRed.said.slice(before).some(({ text }) => text.includes("can't be looked up")));
  });

  it('while messages wait: throttled past the deadline, one too many, closed by a deploy', async () => {
    const name = 'Zq7-waiting-j';
    answerWith(echo(429, 'ThrottlingException'), name);
    await nodeRed.deploy(flow({ deadlineSeconds: 1, maxWaiting: 2 }));
    const send = () => nodeRed.send('author', message('author', name));
    const codes = await codesOf(name, () => Promise.all(Array.from({ length: 5 }, send)));
    assert.deepEqual(new Set(codes), new Set(['EXPIRED', 'QUEUE_FULL']));

    const inMemory = { store: 'memory' };
    await nodeRed.deploy(flow(inMemory));
    const closed = await codesOf(name, async () => {
      const ended = [send(), send()];
      await nodeRed.deploy(flow(inMemory));
      await Promise.all(ended);
    });
    assert.deepEqual(closed, ['CLOSED', 'CLOSED']);
  });
});
