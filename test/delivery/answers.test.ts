import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { DeliverySettings } from '../../src/delivery/delivery';
import { quoted } from '../../src/delivery/service/quoted';
import type { RelatedItemRequest } from '../../src/model/operations';
import type { DeliveredItem } from '../support/item-delivery';
import { type RealKeys, realDelivery } from '../support/real-client';
import { arnOfDomain, comment } from './fake-cases';

type Answer = (response: ServerResponse) => void;

const raw =
  (status: number, contentType: string, body: string, headers: object = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': contentType, ...headers }).end(body);
const json = (body: unknown, status = 200): Answer => raw(status, 'application/json', JSON.stringify(body));
const page = (status: number, headers: object = {}): Answer =>
  raw(status, 'text/html', '<!DOCTYPE html><title>Sign in</title>', headers);
const nothing =
  (status: number): Answer =>
  (response) =>
    void response.writeHead(status).end();
const arn = (caseId: string, itemId: string) => `${arnOfDomain}/case/${caseId}/related-item/${itemId}`;

/** A service whose next answers to `create` and `search` are what a test puts into those lists. */
describe('an answer that is not the documented one', () => {
  let server: Awaited<ReturnType<typeof start>>;
  const closing: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    server = await start();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await server.close();
  });

  async function start() {
    const items: { relatedItemId: string; type: string; content: object }[] = [];
    const create: Answer[] = [];
    const search: Answer[] = [];
    const seen = { creates: 0, searches: 0 };
    const http = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      if (request.url?.endsWith('-search')) {
        seen.searches += 1;
        return (search.shift() ?? json({ relatedItems: items }))(response);
      }
      if (!request.url?.includes('/cases/')) return json({ domainArn: arnOfDomain })(response);
      seen.creates += 1;
      const { content, type } = JSON.parse(Buffer.concat(chunks).toString());
      const relatedItemId = `item-${items.length + 1}`;
      const answer = create.shift();
      if (!answer || carriedOut.has(answer)) items.push({ relatedItemId, type, content });
      (answer ?? json({ relatedItemId, relatedItemArn: arn('c1', relatedItemId) }))(response);
    });
    const carriedOut = new Set<Answer>();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
      items,
      create,
      search,
      seen,
      /** Creates the item, and then answers so. */
      afterCreating(answer: Answer) {
        carriedOut.add(answer);
        create.push(answer);
      },
      close: () =>
        new Promise((resolve) => {
          http.close(resolve);
          http.closeAllConnections();
        }),
    };
  }

  async function deliver(
    settings: Partial<DeliverySettings> = {},
    request: RelatedItemRequest = comment('a'),
    keys?: RealKeys,
  ): Promise<{ delivered: DeliveredItem; warnings: string[] }> {
    const { delivery, warnings, close } = realDelivery(server.url, settings, keys && (async () => keys));
    closing.push(close);
    return { delivered: await delivery.deliver(request), warnings };
  }

  const notTheItem: readonly [what: string, answer: Answer][] = [
    ['an empty object', json({})],
    ['an empty object with status 201', json({}, 201)],
    ['nothing', nothing(200)],
    ['nothing with status 204', nothing(204)],
    ['null', json(null)],
    ['a list', json([])],
    ['a text', json('created')],
    ['no JSON', raw(200, 'application/json', '{"relatedItemArn":')],
    ['no ARN', json({ relatedItemId: 'item-1' })],
    ['an empty ARN', json({ relatedItemArn: '', relatedItemId: 'item-1' })],
    ['no id', json({ relatedItemArn: arn('c1', 'item-1') })],
    ['a number as id', json({ relatedItemArn: arn('c1', '12345'), relatedItemId: 12345 })],
    ['an object as ARN', json({ relatedItemArn: { arn: 'x' }, relatedItemId: 'item-1' })],
    ['the ARN of another item', json({ relatedItemArn: arn('c1', 'other'), relatedItemId: 'item-1' })],
    ['the item of another case', json({ relatedItemArn: arn('c2', 'item-1'), relatedItemId: 'item-1' })],
    [
      'an id with line ends',
      json({ relatedItemArn: arn('c1', 'a\nb'), relatedItemId: 'a\nb', other: 'forged' }),
    ],
  ];

  for (const [what, answer] of notTheItem) {
    it(`${what} in place of the item: it is looked up, and counts once`, async () => {
      server.afterCreating(answer);
      const { delivered, warnings } = await deliver();
      assert.equal(delivered.relatedItemId, 'item-1');
      assert.equal(delivered.verified, true);
      assert.equal(server.items.length, 1);
      assert.ok(warnings.some((text) => /The answer is not the documented one/.test(text)));
    });
  }

  it('says that the item may exist where nothing is to be looked up', async () => {
    server.create.push(json({}));
    await assert.rejects(deliver({ ambiguous: 'fail' }), { code: 'SERVICE', created: 'unknown' });
  });

  for (const [what, answer] of [
    ['no list', json({})],
    ['a list itself', json([])],
    ['an object in place of the list', json({ relatedItems: {} })],
    ['an item without id', json({ relatedItems: [{}] })],
    ['a number as id', json({ relatedItems: [{ relatedItemId: 1 }] })],
    ['a number as token of the next page', json({ relatedItems: [], nextToken: 7 })],
  ] as const) {
    it(`a search that gives ${what} has found nothing out: it is asked again`, async () => {
      server.afterCreating(nothing(200));
      server.search.push(answer);
      const { delivered } = await deliver();
      assert.equal(delivered.relatedItemId, 'item-1');
      assert.deepEqual(server.seen, { creates: 1, searches: 2 });
    });
  }

  const inBetween: readonly [what: string, answer: Answer][] = [
    ['a redirect', page(301, { location: 'http://127.0.0.1:1/' })],
    ['a redirect without a page', raw(302, 'application/json', '{}', { location: 'https://portal/' })],
    ['the page of a captive portal', page(200)],
    ['a page that forbids', page(403)],
    ['a page that finds nothing', page(404)],
    ['a page of a gateway without a service', page(503)],
    ['an error that is a list', json([], 404)],
    ['an error that says nothing at all', nothing(403)],
    ['an error that is no JSON', raw(400, 'text/plain', 'Bad Request')],
  ];
  for (const [what, answer] of inBetween) {
    it(`${what} comes from something in between: the message waits as without a network`, async () => {
      server.create.push(answer, answer);
      const { delivered, warnings } = await deliver();
      assert.equal(delivered.attempts, 3);
      assert.equal(delivered.verified, false);
      assert.deepEqual(server.seen, { creates: 3, searches: 0 });
      assert.equal(warnings.length, 1);
      assert.match(String(warnings[0]), /Something in between answers for the service \(HTTP \d+\)/);
    });
  }

  it('a gateway may have passed on what it then answers with a page: it is looked up', async () => {
    server.afterCreating(page(502));
    server.search.push(page(502));
    const { delivered, warnings } = await deliver();
    assert.equal(delivered.verified, true);
    assert.equal(server.items.length, 1);
    assert.deepEqual(warnings, [
      'Something in between answers for the service (HTTP 502). Check the endpoint, the proxy and whether the ' +
        'network asks for a sign-in. Messages wait meanwhile.',
    ]);
  });

  it('an error keeps what the service says, on one line and not too long', async () => {
    const message = `\u001b[31mred\u001b[0m\nforged: [error] line\u202e\u0007 ${'x'.repeat(1_000_000)}`;
    server.create.push(json({ __type: 'ValidationException', message }, 400));
    await assert.rejects(deliver(), ({ message }: Error) => {
      assert.match(message, /^The service refused the request: red forged: \[error\] line x+…$/);
      return message.length < 400;
    });
  });

  it('an error repeats nothing of what signed the request, however a broken gateway escapes it', async () => {
    const sessionToken = `${'IQoJb3JpZ2luX2VjEGQaCXVzLWVhc3Qt'}/+/${'MSJHMEUCIQCabcdefghijklmnop'}==`;
    let authorization = '';
    for (const escaped of [(text: string) => text, (text: string) => text.replaceAll('/', '\\/')]) {
      server.create.push((response) => {
        const { headers } = response.req;
        authorization = String(headers.authorization);
        const echo = `${authorization} ${escaped(String(headers['x-amz-security-token']))}`;
        json({ __type: 'ValidationException', message: `Not valid: ${echo}` }, 400)(response);
      });
      await assert.rejects(
        deliver({}, comment('a'), { accessKeyId: 'AKIATEST', secretAccessKey: 'test', sessionToken }),
        ({ message }: Error) => {
          assert.match(message, /^The service refused the request: Not valid: AWS4-HMAC-SHA256/);
          for (const secret of [
            /Signature=([0-9a-f]+)/.exec(authorization)?.[1] ?? '',
            'IQoJb3Jp',
            'MSJHMEUC',
          ]) {
            assert.equal(message.includes(secret), false, message);
          }
          return true;
        },
      );
    }
  });

  it('an answer that never ends is not read to its end', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    server.create.push((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    await assert.rejects(deliver({ ambiguous: 'fail' }), {
      code: 'SERVICE',
      created: 'unknown',
      message: 'The answer is not the documented one: it has more than 16 MB. Check the endpoint.',
    });
    assert.ok(sent < 64 * chunk.length, `${sent} bytes were taken`);
  });

  it('an error whose texts are none is an error all the same', async () => {
    for (const odd of [7, {}, [], null, { a: 'b' }]) {
      server.create.push(
        json({ __type: 'ResourceNotFoundException', message: odd, resourceId: odd, resourceType: odd }, 404),
      );
      await assert.rejects(deliver(), { code: 'NOT_FOUND', created: 'no' });
    }
  });

  it('an error can not pass for one of the network', async () => {
    const error = { code: 'ECONNREFUSED', syscall: 'connect', cause: { code: 'ENOTFOUND' }, errors: [{}] };
    server.create.push(json({ ...error, message: 'no' }, 400));
    await assert.rejects(deliver(), { code: 'SERVICE', created: 'no' });
  });

  it('any text is repeated without what a log or a terminal takes for its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        const shown = quoted(text) ?? '';
        assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        assert.ok(Array.from(shown).length <= 300);
      }),
    );
  });
});
