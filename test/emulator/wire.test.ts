import assert from 'node:assert/strict';
import { request } from 'node:http';
import fc from 'fast-check';
import type { SeenRequest } from '../../src/emulator';
import {
  commentsOf,
  inFreezer,
  type LocalCases,
  localCases,
  raw,
  relatedItemsPath,
} from '../support/local-cases';

const comment = (more: object = {}) => ({
  type: 'Comment',
  content: { comment: { body: 'hi', contentType: 'Text/Plain' } },
  ...more,
});

describe('the local service on the wire', () => {
  let local: LocalCases;
  beforeEach(async () => {
    local = await localCases();
  });
  const post = (body: unknown, path = relatedItemsPath) => raw(local, path, body);
  const outcome = async (response: Response) => {
    const { message, ...members } = (await response.json()) as Record<string, unknown>;
    return { status: response.status, code: response.headers.get('x-amzn-errortype'), ...members };
  };

  it('answers with JSON, a request id and the date', async () => {
    const response = await post(comment());
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.match(response.headers.get('x-amzn-requestid') ?? '', /^[\da-f-]{36}$/);
    assert.ok(Date.parse(response.headers.get('date') ?? ''));
    assert.deepEqual(Object.keys((await response.json()) as object), ['relatedItemId', 'relatedItemArn']);
  });
  it('names an error in a header, and tells of it in the body', async () => {
    const response = await post(comment(), '/domains/nope/cases/c/related-items/');
    assert.match(response.headers.get('x-amzn-requestid') ?? '', /^[\da-f-]{36}$/);
    assert.deepEqual(await outcome(response), {
      status: 404,
      code: 'ResourceNotFoundException',
      resourceId: 'nope',
      resourceType: 'Domain',
    });
  });
  it('answers a body that is not JSON, or of wrong types, as one that can not be read', async () => {
    const unreadable = { status: 400, code: 'SerializationException' };
    for (const body of ['{', '[]', 'null', { ...comment(), type: 7 }, comment({ content: [] })]) {
      assert.deepEqual(await outcome(await post(body)), unreadable);
    }
    const withQuery = await post('', '/domains-list?maxResults=many');
    assert.deepEqual(await outcome(withQuery), unreadable);
  });
  it('ignores members that the model does not know, and nulls, but not in a union', async () => {
    assert.equal((await post(comment({ colour: 'red', performedBy: null }))).status, 200);
    assert.equal((await post(comment({ performedBy: { customEntity: 'me', userArn: null } }))).status, 200);
    const invalid = { status: 400, code: 'ValidationException' };
    const { content } = comment();
    for (const union of [{}, { ...content, phone: {} }, { ...content, file: { fileArn: 'x' } }]) {
      assert.deepEqual(await outcome(await post(comment({ content: union }))), invalid);
    }
    const polluted = '{"type":"Comment","content":{"__proto__":{"body":"x","contentType":"Text/Plain"}}}';
    assert.deepEqual(await outcome(await post(polluted)), invalid);
  });
  it('takes the path with and without its last slash, and labels that are encoded', async () => {
    assert.equal((await post(comment(), relatedItemsPath.slice(0, -1))).status, 200);
    const arn = `arn:aws:cases:us-east-1:123456789012:domain/${inFreezer.domainId}/case/${inFreezer.caseId}`;
    const path = `/domains/${inFreezer.domainId}/cases/${encodeURIComponent(arn)}/related-items/`;
    assert.equal((await post(comment(), path)).status, 200);
    const odd = await post(comment(), `/domains/${inFreezer.domainId}/cases/a%20%2F%25b/related-items/`);
    assert.deepEqual(await outcome(odd), {
      status: 404,
      code: 'ResourceNotFoundException',
      resourceId: 'a /%b',
      resourceType: 'Case',
    });
  });
  it('says so when it does not have an operation', async () => {
    assert.deepEqual(await outcome(await post({}, '/domains/d/rules-batch')), {
      status: 404,
      code: 'UnknownOperationException',
    });
  });
  it('refuses bodies of more than a megabyte, of known and of unknown length', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1);
    assert.equal((await post(body)).status, 413);
    const stream = new Blob([body]).stream();
    const chunked = await raw(local, relatedItemsPath, '', { body: stream, duplex: 'half' } as RequestInit);
    assert.equal(chunked.status, 413);
  });
  it('refuses filters that are nested without end', async () => {
    const filters = [{ custom: { fields: JSON.parse(`${'{"not":'.repeat(150)}{}${'}'.repeat(150)}`) } }];
    const response = await post({ filters }, relatedItemsPath.replace(/\/$/, '-search'));
    assert.deepEqual(await outcome(response), { status: 400, code: 'ValidationException' });
  });
  it('answers whatever JSON comes, and never with a failure of its own', () => {
    const content = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc
        .json({ maxDepth: 3 })
        .map((json) => `{"type":"Custom","content":{"custom":{"fields":[{"id":"x","value":${json}}]}}}`),
      fc
        .json({ maxDepth: 3 })
        .map((json) => `{"type":"Sla","content":{"sla":${json}},"performedBy":${json}}`),
    );
    return fc.assert(
      fc.asyncProperty(content, async (body) => {
        const { status } = await post(body);
        assert.ok(status === 200 || status === 400, `${status} for ${body}`);
      }),
      { numRuns: 300 },
    );
  });

  describe('keeps other websites out', () => {
    const statusFor = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const { port } = local.emulator;
        request({ host: '127.0.0.1', port, path: '/', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });

    it('by names that were made to point here', async () => {
      const { port } = local.emulator;
      for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'cases.localhost']) {
        assert.equal(await statusFor({ host }), 200, host);
      }
      for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
        assert.equal(await statusFor({ host }), 403, host);
      }
    });
    it('by requests across origins', async () => {
      const host = `localhost:${local.emulator.port}`;
      assert.equal(await statusFor({ host, origin: `http://${host}` }), 200);
      assert.equal(await statusFor({ host, origin: 'https://evil.example' }), 403);
      assert.equal(await statusFor({ host, origin: 'null' }), 403);
    });
  });

  it('shows every request to a test that asks for it', async () => {
    const seen: SeenRequest[] = [];
    const watched = await localCases({ onRequest: (request) => seen.push(request) });
    await watched.comment('hi');
    await raw(watched, relatedItemsPath, '{}');
    assert.deepEqual(
      seen.map(({ operation, path, status }) => ({ operation, path, status })),
      [
        { operation: 'CreateRelatedItem', path: relatedItemsPath, status: 200 },
        { operation: 'CreateRelatedItem', path: relatedItemsPath, status: 400 },
      ],
    );
    assert.deepEqual(JSON.parse(seen[0]?.body ?? ''), comment());
    assert.deepEqual(await commentsOf(watched), ['hi']);
  });
});

describe('permissions in the local service', () => {
  const denied = async (local: LocalCases, path: string, body: unknown) => {
    const response = await raw(local, path, body);
    assert.equal(response.status, 403);
    assert.equal(response.headers.get('x-amzn-errortype'), 'AccessDeniedException');
    return ((await response.json()) as { message: string }).message;
  };

  it('are refused for an operation, naming the action and the resource', async () => {
    const local = await localCases({ deny: ['cases:CreateRelatedItem'] });
    assert.equal(
      await denied(local, relatedItemsPath, comment()),
      'User: arn:aws:iam::123456789012:user/local is not authorized to perform: cases:CreateRelatedItem on resource: ' +
        `arn:aws:cases:us-east-1:123456789012:domain/${inFreezer.domainId} because no identity-based policy allows ` +
        'the cases:CreateRelatedItem action',
    );
    local.emulator.setDenied([]);
    assert.equal((await raw(local, relatedItemsPath, comment())).status, 200);
  });
  it('are refused for the contact and the user that a request names', async () => {
    const local = await localCases({ deny: ['connect:DescribeContact', 'connect:DescribeUser'] });
    const contactArn = 'arn:aws:connect:us-east-1:123456789012:instance/i/contact/c';
    const contact = { type: 'Contact', content: { contact: { contactArn } } };
    assert.match(
      await denied(local, relatedItemsPath, contact),
      /connect:DescribeContact on resource: .*contact\/c/,
    );
    const byUser = comment({ performedBy: { userArn: 'arn:aws:connect:us-east-1:123456789012:agent/a' } });
    assert.match(await denied(local, relatedItemsPath, byUser), /connect:DescribeUser/);
    assert.deepEqual(await commentsOf(local), []);
  });
});
