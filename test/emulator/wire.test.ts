import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { demo, type SeenRequest } from '../../src/emulator';
import { operationNames, operations } from '../../src/emulator/operations';
import { iamActionOf } from '../../src/emulator/operations/actions';
import {
  closeLocalCases,
  commentsOf,
  inFreezer,
  type LocalCases,
  localCases,
  raw,
  relatedItemsPath,
} from '../support/local-cases';

afterEach(closeLocalCases);

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

  /** Sends bytes as they are; gives head and body of the answer. */
  const exchange = async (text: string): Promise<[head: string, body: string]> => {
    const socket = connect(local.emulator.port, '127.0.0.1');
    socket.write(text);
    let received = '';
    for await (const chunk of socket) {
      received += chunk;
      const [head = '', body = ''] = received.split('\r\n\r\n');
      const [, length] = /content-length: (\d+)/i.exec(head) ?? [];
      if (length !== undefined && Buffer.byteLength(body) >= Number(length)) return [head, body];
    }
    throw new Error(`The connection ended after: ${received}`);
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
    assert.deepEqual(await outcome(await post({}, '/domains/d/robots')), {
      status: 404,
      code: 'UnknownOperationException',
    });
  });
  it('refuses bodies of more than 16 megabytes, of known and of unknown length', async () => {
    const body = 'x'.repeat(16 * 1024 * 1024 + 1);
    assert.deepEqual(await outcome(await post(body)), {
      status: 413,
      code: 'RequestEntityTooLargeException',
    });
    const stream = new Blob([body]).stream();
    const chunked = await raw(local, relatedItemsPath, '', { body: stream, duplex: 'half' } as RequestInit);
    assert.equal(chunked.status, 413);
  });
  it('takes the largest requests that the model allows, in the longest form', async () => {
    const escaped = '\\ud83d\\ude00'.repeat(4100);
    const fields = Array.from({ length: 220 }, () => `{"id":"title","value":{"stringValue":"${escaped}"}}`);
    const path = `/domains/${inFreezer.domainId}/cases`;
    const answer = await post(`{"templateId":"${demo.templateId}","fields":[${fields.join()}]}`, path);
    assert.deepEqual(await outcome(answer), { status: 400, code: 'ValidationException' });
    const longest = encodeURIComponent('😀'.repeat(500));
    const ids = await post('', `/domains/${longest}/cases/${longest}`);
    assert.equal((await outcome(ids)).code, 'ValidationException');
  });
  it('answers a head that is too large like any other error', async () => {
    const [head, body] = await exchange(`GET /${'x'.repeat(200_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    assert.match(head, /^HTTP\/1\.1 413 [\s\S]*x-amzn-errortype: RequestEntityTooLargeException/);
    assert.match(JSON.parse(body).message, /at most/);
  });
  it('takes ids as they are, dots and all, and nothing that is encoded wrongly', async () => {
    const { domainId } = inFreezer;
    const ask = async (path: string) => {
      const text = '{"fields":[{"id":"title"}]}';
      const [head, body] = await exchange(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
      );
      const { resourceType, resourceId } = JSON.parse(body);
      return [head.split(' ')[1], resourceType, resourceId];
    };
    for (const id of ['..', '.']) {
      assert.deepEqual(await ask(`/domains/${domainId}/cases/${id}`), ['404', 'Case', id]);
      const encoded = id.replaceAll('.', '%2e');
      assert.deepEqual(await ask(`/domains/${domainId}/cases/${encoded}`), ['404', 'Case', id]);
    }
    const unreadable = { status: 400, code: 'SerializationException' };
    assert.deepEqual(await outcome(await post('', `/domains/${domainId}/cases/%zz`)), unreadable);
    assert.deepEqual(await outcome(await post('', '/domains-list?maxResults=%ff')), unreadable);
    const notUtf8 = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const sent = await raw(local, relatedItemsPath, '', { body: notUtf8 } as RequestInit);
    assert.deepEqual(await outcome(sent), unreadable);
  });
  it('takes a number only as the protocol writes it, and a map only as a map', async () => {
    const unreadable = { status: 400, code: 'SerializationException' };
    const search = relatedItemsPath.replace(/\/$/, '-search');
    assert.deepEqual(await outcome(await post('{"maxResults": 2.0}', search)), unreadable);
    assert.deepEqual(await outcome(await post('{"maxResults": 2e0}', search)), unreadable);
    assert.deepEqual(await outcome(await post('', '/domains-list?maxResults=0x5')), unreadable);
    const tagged = { templateId: demo.templateId, fields: [], tags: [] };
    assert.deepEqual(await outcome(await post(tagged, `/domains/${inFreezer.domainId}/cases`)), unreadable);
    const body = 'the text "maxResults": 2.0 is only text';
    assert.equal(
      (await post({ type: 'Comment', content: { comment: { body, contentType: 'Text/Plain' } } })).status,
      200,
    );
    assert.equal((await post('', '/domains-list?maxResults=5&nextToken=')).status, 200);
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
  it('are refused for every operation by its action', async () => {
    const local = await localCases();
    for (const name of operationNames) {
      const { method, path } = operations[name];
      const action = iamActionOf(name);
      local.emulator.setDenied([action]);
      const response = await raw(
        local,
        path.replaceAll(/\{\w+\}/g, 'x'),
        method === 'GET' ? undefined : '{}',
        {
          method,
          ...(method === 'GET' && { body: null }),
        },
      );
      const { message } = (await response.json()) as { message: string };
      assert.equal(response.status, 403, name);
      assert.ok(message.includes(` ${action} `), `${name}: ${message}`);
    }
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
