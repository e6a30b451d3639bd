import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import helper from 'node-red-node-test-helper';
import { asCasesError } from '../../src/errors/errors';
import { type CasesServer, json, startCasesServer } from '../support/cases-server';
import {
  configNodes,
  delivered,
  itemNodes,
  type Message,
  refused,
  send,
  startFlow,
  stopFlow,
} from '../support/runtime-flow';

describe('an item node', () => {
  let server: CasesServer;
  beforeEach(async () => {
    server = await startCasesServer();
  });
  afterEach(async () => {
    await stopFlow();
    await server.close();
  });

  describe('a message that became an item', () => {
    it('goes on as it came, with the ARN and all about the item', async () => {
      await startFlow([...configNodes(server.url), ...itemNodes('comment')]);
      const out = await delivered({
        caseId: 'c1',
        payload: 'x',
        topic: 'freezer/7',
        casesError: { code: 'OLD' },
      });
      assert.equal(out.topic, 'freezer/7');
      assert.equal(out.payload, 'arn:aws:cases:::related-item/item-1');
      assert.equal('casesError' in out, false, 'no error of an earlier node is left');
      assert.deepEqual(out.relatedItem, {
        relatedItemArn: 'arn:aws:cases:::related-item/item-1',
        relatedItemId: 'item-1',
        type: 'Comment',
        domainId: 'd1',
        caseId: 'c1',
        requestId: 'request-200',
        attempts: 1,
        verified: false,
      });
    });

    it('has the ARN where the node says', async () => {
      await startFlow([...configNodes(server.url), ...itemNodes('comment', { output: 'connect.arn' })]);
      const out = await delivered({ caseId: 'c1', payload: 'x' });
      assert.deepEqual(out.connect, { arn: 'arn:aws:cases:::related-item/item-1' });
      assert.equal(out.payload, 'x');
    });

    it('goes on as a copy where it can not be written to', async () => {
      await startFlow([...configNodes(server.url), ...itemNodes('comment')]);
      const out = await delivered(Object.freeze({ _msgid: 'm1', caseId: 'c1', payload: 'x' }));
      assert.equal(out.payload, 'arn:aws:cases:::related-item/item-1');
    });

    it('shares one connection with the other messages of the domain', async () => {
      const ports = new Set<string>();
      const created = server.answer;
      server.answer = (request, response) => {
        ports.add(String(response.socket?.remotePort));
        created(request, response);
      };
      await startFlow([...configNodes(server.url), ...itemNodes('comment')]);
      for (const payload of ['1', '2', '3']) await delivered({ caseId: 'c1', payload });
      assert.equal(ports.size, 1);
    });
  });

  describe('a message that is refused', () => {
    it('reaches Catch with the member that is wrong, and nothing is sent', async () => {
      await startFlow([...configNodes(server.url), ...itemNodes('custom')]);
      const error = await refused({ caseId: 'c1', payload: { temperature: Number.NaN } });
      assert.deepEqual(error, {
        code: 'INVALID_INPUT',
        message: 'custom.fields[0].value.doubleValue has to be a number, but is NaN.',
        operation: 'CreateRelatedItem',
        retryable: false,
        created: 'no',
        field: 'custom.fields[0].value.doubleValue',
      });
      assert.equal(server.seen.length, 0);
    });

    it('is told as a sentence that names the value as the form does', async () => {
      await startFlow([...configNodes(server.url), ...itemNodes('comment')]);
      for (const [msg, sentence, field] of [
        [{ caseId: '', payload: 'x' }, 'msg.caseId is empty.', 'caseId'],
        [{ caseId: 'c1', payload: '' }, 'msg.payload is empty.', 'comment.body'],
        [{ caseId: 7, payload: 'x' }, 'msg.caseId has to be text, but is 7.', 'caseId'],
      ] as const) {
        const { caught } = await send(msg);
        const { error, casesError } = caught as { error: Error; casesError: Record<string, unknown> };
        assert.equal(error.message, sentence);
        assert.deepEqual(
          [casesError.code, casesError.message, casesError.field],
          ['INVALID_INPUT', sentence, field],
        );
      }
    });

    const answers: readonly [number, string, string, RegExp][] = [
      [400, 'ValidationException', 'VALIDATION', /no such field/],
      [402, 'ServiceQuotaExceededException', 'QUOTA_EXCEEDED', /./],
      [403, 'AccessDeniedException', 'ACCESS_DENIED', /cases:CreateRelatedItem/],
      [403, 'UnrecognizedClientException', 'CREDENTIALS', /./],
      [404, 'ResourceNotFoundException', 'NOT_FOUND', /./],
      [409, 'ConflictException', 'CONFLICT', /./],
      [418, 'TeapotException', 'SERVICE', /TeapotException/],
    ];
    for (const [status, name, code, message] of answers) {
      it(`says ${code} where the service answers ${status} ${name}`, async () => {
        server.answer = (_request, response) =>
          json(response, status, { message: 'no such field', resourceId: 'c1', resourceType: 'Case' }, name);
        await startFlow([...configNodes(server.url, { ambiguous: 'fail' }), ...itemNodes('comment')]);
        const error = await refused({ caseId: 'c1', payload: 'x' });
        assert.equal(error.code, code);
        assert.equal(error.httpStatus, status);
        assert.equal(error.requestId, `request-${status}`);
        assert.equal(error.retryable, code === 'CONFLICT');
        assert.match(String(error.message), message);
      });
    }

    it('says that the item may exist where the answer was lost and the domain says "fail"', async () => {
      server.answer = (_request, response) => response.socket?.destroy();
      await startFlow([...configNodes(server.url, { ambiguous: 'fail' }), ...itemNodes('comment')]);
      const error = await refused({ caseId: 'c1', payload: 'x' });
      assert.equal(error.created, 'unknown');
      assert.equal(error.code, 'NETWORK');
    });

    it('says TIMEOUT where the service does not answer in time and the domain says "fail"', async () => {
      server.answer = () => undefined;
      await startFlow([
        ...configNodes(server.url, { ambiguous: 'fail', timeoutSeconds: 0.2 }),
        ...itemNodes('comment'),
      ]);
      const error = await refused({ caseId: 'c1', payload: 'x' });
      assert.deepEqual([error.code, error.created], ['TIMEOUT', 'unknown']);
    });
  });

  describe('a message that nobody can read', () => {
    beforeEach(() => startFlow([...configNodes(server.url), ...itemNodes('comment')]));

    it('is refused where a property throws, and Catch gets its error without it', async () => {
      const msg: Message = { caseId: 'c1' };
      Object.defineProperty(msg, 'payload', {
        enumerable: true,
        get() {
          throw new Error('sensor gone');
        },
      });
      const error = await refused(msg);
      assert.deepEqual([error.code, error.field], ['INVALID_INPUT', 'body']);
    });

    it('is refused where an expression fails on it, with the reason', async () => {
      await stopFlow();
      const expression = { body: '$number(payload)', bodyType: 'jsonata' };
      await startFlow([...configNodes(server.url), ...itemNodes('comment', expression)]);
      const { code, message } = await refused({ caseId: 'c1', payload: 'hot' });
      assert.equal(code, 'INVALID_INPUT');
      assert.match(String(message), /Unable to cast value to a number: .*hot/);
    });

    it('is refused where it holds itself', async () => {
      const payload: Record<string, unknown> = {};
      payload.self = payload;
      assert.equal((await refused({ caseId: 'c1', payload })).code, 'INVALID_INPUT');
    });

    it('is refused where it goes too deep, as a web hook may get it, and Node-RED goes on', async () => {
      const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
      for (const levels of [1000, 3000, 9000]) {
        assert.equal((await refused({ caseId: 'c1', payload: deep(levels) })).code, 'INVALID_INPUT');
        // What failed is written down in a turn of its own.
        await nextTurn();
      }
      assert.ok((await delivered({ caseId: 'c1', payload: 'still here', deep: deep(9000) })).payload);
    });

    it('does not disturb the next one', async () => {
      for (const payload of [undefined, null, Symbol('x'), 10n, () => 1, new Map(), 'x'.repeat(5_000_000)]) {
        await send({ caseId: 'c1', payload });
      }
      assert.equal(
        (await delivered({ caseId: 'c1', payload: 'still here' })).payload,
        `arn:aws:cases:::related-item/item-${server.seen.length}`,
      );
    });
  });
});

describe('an error that nobody foresaw', () => {
  it('asks to be reported, and says that the same message would only raise it again', () => {
    const error = asCasesError(new TypeError('x is not a function'));
    assert.match(error.message, /x is not a function.*Please report it/);
    assert.deepEqual([error.retryable, error.created], [false, 'no']);
  });
});

describe('a node that is not set up', () => {
  afterEach(stopFlow);
  const refusal = async (domain: object, item: object = {}, secrets?: object) => {
    await startFlow([...configNodes('http://127.0.0.1:9', domain), ...itemNodes('comment', item)], secrets);
    const { code, field, message } = await refused({ caseId: 'c1', payload: 'x' });
    assert.equal(typeof message, 'string');
    return [code, field];
  };

  const unset = ['$', '{CASES_UNSET}'].join('');
  /** What a node told last, as the test helper's spies saw it. */
  const shown = (id: string) => {
    const node = helper.getNode(id) as unknown as Record<
      'status' | 'error',
      { lastCall?: { args: unknown[] } }
    >;
    return { status: node.status.lastCall?.args[0], error: node.error.lastCall?.args[0] };
  };

  it('has no domain', async () =>
    assert.deepEqual(await refusal({}, { domain: '' }), ['NOT_CONFIGURED', 'domain']));
  it('has a domain that was deleted', async () =>
    assert.deepEqual(await refusal({}, { domain: 'gone' }), ['NOT_CONFIGURED', 'domain']));
  it('has a domain without credentials', async () =>
    assert.deepEqual(await refusal({ auth: '' }), ['NOT_CONFIGURED', 'auth']));
  it('has a domain without a region', async () =>
    assert.deepEqual(await refusal({ region: '' }), ['NOT_CONFIGURED', 'region']));
  it('has a domain without an id', async () =>
    assert.deepEqual(await refusal({ domainId: '' }), ['NOT_CONFIGURED', 'domainId']));
  for (const domainId of ['.', '..', 'half \ud83d', 'a\nb']) {
    it(`has a domain whose id can be none: ${JSON.stringify(domainId)}`, async () =>
      assert.deepEqual(await refusal({ domainId }), ['NOT_CONFIGURED', 'domainId']));
  }
  it('has FIPS together with an endpoint of its own', async () =>
    assert.deepEqual(await refusal({ fips: true }), ['NOT_CONFIGURED', 'fips']));
  it('has a rate that is no number', async () =>
    assert.deepEqual(await refusal({ rate: 'fast' }), ['NOT_CONFIGURED', 'rate']));
  it('has a blank secret', async () =>
    assert.deepEqual(await refusal({}, {}, { credentials: { accessKeyId: 'AKIA' } }), [
      'CREDENTIALS',
      undefined,
    ]));

  for (const name of ['domainId', 'region', 'endpoint', 'rate', 'fips']) {
    it(`has a ${name} from an environment variable that is not set`, async () =>
      assert.deepEqual(await refusal({ [name]: unset }), ['NOT_CONFIGURED', name]));
  }
  it('has a case id from an environment variable that is not set', async () => {
    await startFlow([
      ...configNodes('http://127.0.0.1:9'),
      ...itemNodes('comment', { caseId: unset, caseIdType: 'str' }),
    ]);
    const { code, field, message } = await refused({ payload: 'x' });
    assert.deepEqual([code, field], ['NOT_CONFIGURED', 'caseId']);
    assert.match(String(message), /environment variable CASES_UNSET,.*caseId.*is not set\. Set it/);
  });

  it('shows it before the first message, and says it in the log', async () => {
    await startFlow([...itemNodes('comment', { domain: '' })]);
    const red = { fill: 'red', shape: 'ring' };
    assert.deepEqual(shown('item').status, { ...red, text: 'no domain', key: 'notConfigured' });
    await stopFlow();
    await startFlow([...configNodes('http://127.0.0.1:9', { domainId: unset }), ...itemNodes('comment')]);
    assert.deepEqual(shown('item').status, { ...red, text: 'not set up', key: 'NOT_CONFIGURED' });
    assert.match(String(shown('domain').error), /CASES_UNSET/);
  });
});
