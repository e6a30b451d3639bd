import assert from 'node:assert/strict';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { createContext, runInContext } from 'node:vm';
import { install } from '@sinonjs/fake-timers';
import helper from 'node-red-node-test-helper';
import { type CasesServer, startCasesServer } from '../support/cases-server';
import {
  configNodes,
  delivered,
  itemNodes,
  type Message,
  refused,
  send,
  sendAll,
  startFlow,
  stopFlow,
  type TestNode,
} from '../support/runtime-flow';

const realm = createContext({ Buffer, setTimeout });
/** What a function node makes: it runs in a realm of its own. */
const elsewhere = (code: string): unknown => runInContext(code, realm);
/** A message with a property that can be read and copied by nobody. */
const unreadable = (msg: Message, name = 'sensor'): Message =>
  Object.defineProperty(msg, name, {
    enumerable: true,
    get() {
      throw Symbol('gone');
    },
  });

describe('a value of a message in Node-RED', () => {
  let server: CasesServer;
  const flow = (item: object = {}, base = 'comment'): TestNode[] => [
    ...configNodes(server.url),
    ...itemNodes(base, item),
  ];
  /** What the service was asked to create last. */
  type Created = { content: Record<string, Record<string, unknown>> };
  const body = () => server.seen.at(-1)?.body as Created;
  beforeEach(async () => {
    server = await startCasesServer();
  });
  afterEach(async () => {
    await stopFlow();
    await server.close();
  });

  describe('that a function node made', () => {
    it('is what it is in its own realm', async () => {
      await startFlow(flow());
      await delivered({ caseId: 'c1', payload: elsewhere("new Error('Pump stopped')") });
      assert.equal(body().content.comment?.body, 'Pump stopped');
      await delivered({ caseId: 'c1', payload: elsewhere('new Uint8Array([104, 105])') });
      assert.equal(body().content.comment?.body, 'hi');
    });

    it('is no number because it is typed in where one is meant', async () => {
      for (const typed of ['12,5', '', '1e999', 'warm']) {
        await startFlow(flow({ body: typed || ' ', bodyType: 'num' }));
        const { code, field } = await refused({ caseId: 'c1' });
        assert.deepEqual([code, field?.toString().split('.').pop()], ['INVALID_INPUT', 'body']);
        await stopFlow();
      }
      const rows = [{ id: 'a', value: '12,5', valueType: 'num' }];
      await startFlow(flow({ fieldsType: 'rows', rows }, 'custom'));
      const { field, message } = await refused({ caseId: 'c1' });
      assert.equal(field, 'custom.fields[0].value');
      assert.match(String(message), /a number, but is "12,5"/);
    });
  });

  it('may be the exact form of AWS with its member, in any node', async () => {
    const configuration = { name: 'First', type: 'CaseField', targetSlaMinutes: 5 };
    const content = {
      comment: { comment: { body: 'exact', contentType: 'Text/Plain' } },
      sla: { sla: { slaInputConfiguration: configuration } },
      custom: {
        custom: { fields: [{ id: 'c0ffee02-0000-4000-8000-000000000001', value: { emptyValue: {} } }] },
      },
    };
    for (const [base, payload] of Object.entries(content)) {
      await startFlow(flow({}, base));
      await delivered({ caseId: 'c1', payload });
      assert.deepEqual(body().content, payload);
      await stopFlow();
    }
  });

  describe('that is a Promise', () => {
    const promises = {
      'never settles': 'new Promise(() => {})',
      'rejects later': "new Promise((_, reject) => setTimeout(reject, 1, new Error('late')))",
      'rejects with a symbol': "new Promise((_, reject) => setTimeout(reject, 1, Symbol('late')))",
      'would resolve': "Promise.resolve('text')",
      'only looks like one': "({ then() { throw Symbol('no') } })",
    };
    for (const [what, code] of Object.entries(promises)) {
      it(`and ${what} is refused at once, and ends nothing`, async () => {
        await startFlow(flow());
        for (const payload of [elsewhere(code), { reading: elsewhere(code) }]) {
          const error = await refused({ caseId: 'c1', payload });
          assert.equal(error.code, 'INVALID_INPUT');
        }
        await pause(5);
        assert.equal((await delivered({ caseId: 'c1', payload: 'next' })).casesError, undefined);
      });
    }

    it('that an expression waits for keeps the messages of its node in order', async () => {
      await startFlow(flow({ body: 'payload', bodyType: 'jsonata' }));
      let resolve = (_text: string) => {};
      const payload = new Promise<string>((settle) => {
        resolve = settle;
      });
      const ends = sendAll([
        { caseId: 'c1', payload },
        { caseId: 'c1', payload: 'second' },
      ]);
      for (let turns = 0; turns < 5; turns += 1) await nextTurn();
      resolve('first');
      await ends;
      const bodies = server.seen.map(({ body }) => (body as Created).content.comment?.body);
      assert.deepEqual(bodies, ['first', 'second']);
    });

    it('holds an expression for some seconds only', async () => {
      await startFlow(flow({ body: 'payload', bodyType: 'jsonata' }));
      const clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        const end = refused({ caseId: 'c1', payload: new Promise(() => {}) });
        while (clock.countTimers() === 0) await nextTurn();
        await clock.runAllAsync();
        const { code, field, message } = await end;
        assert.deepEqual([code, field], ['INVALID_INPUT', 'body']);
        assert.match(String(message), /did not come within 10 s/);
      } finally {
        clock.uninstall();
      }
    });
  });

  describe('that throws when it is read', () => {
    for (const thrown of ["Symbol('gone')", 'null', '{ get message() { throw 1 } }', "new Error('gone')"]) {
      it(`${thrown} is refused, and the next message is delivered`, async () => {
        await startFlow(flow());
        const payload = elsewhere(`({ get celsius() { throw ${thrown} } })`);
        const error = await refused({ caseId: 'c1', payload });
        assert.deepEqual([error.code, error.field], ['INVALID_INPUT', 'comment.body.celsius']);
        assert.deepEqual((await refused(unreadable({ caseId: 'c1' }, 'payload'))).field, 'body');
        await delivered({ caseId: 'c1', payload: 'next' });
      });
    }

    it('stays behind where Catch or a second wire gets a copy, with all else', async () => {
      await startFlow(
        flow().map((node) => (node.id === 'item' ? { ...node, wires: [['out', 'second']] } : node)),
      );
      const { caught } = await send(unreadable({ caseId: '..', payload: 'x', topic: 'freezer/7' }));
      assert.equal(caught?.topic, 'freezer/7');
      const out = await delivered(unreadable({ caseId: 'c1', payload: 'x', topic: 'freezer/7' }));
      assert.equal(out.topic, 'freezer/7');
      assert.equal(out.payload, 'arn:aws:cases:::related-item/item-1');
    });
  });

  describe('that is an id', () => {
    beforeEach(() => startFlow(flow()));

    it('is sent without the blanks and line ends around it', async () => {
      await delivered({ caseId: ' c1\r\n', payload: 'x' });
      assert.equal(server.seen[0]?.path, '/domains/d1/cases/c1/related-items/');
    });
    for (const caseId of ['.', '..', 'half \ud83d', 'a\u0000b', 'a\nb']) {
      it(`and is ${JSON.stringify(caseId)} is refused as what it is`, async () => {
        const { code, field } = await refused({ caseId, payload: 'x' });
        assert.deepEqual([code, field], ['INVALID_INPUT', 'caseId']);
        assert.equal(server.seen.length, 0);
      });
    }
  });
});

describe('a message with a property called __proto__', () => {
  it('goes on with it, also as a copy', async () => {
    const server = await startCasesServer();
    await startFlow([...configNodes(server.url), ...itemNodes('comment')]);
    const text = '{ "_msgid": "m1", "caseId": "c1", "payload": "x", "__proto__": { "topic": "odd" } }';
    const out = await delivered(Object.freeze(JSON.parse(text)));
    assert.deepEqual([Object.hasOwn(out, '__proto__'), out.topic], [true, undefined]);
    await stopFlow();
    await server.close();
  });
});

describe('the property that gets the ARN', () => {
  let server: CasesServer;
  const arn = 'arn:aws:cases:::related-item/item-1';
  const start = (output: string) =>
    startFlow([...configNodes(server.url), ...itemNodes('comment', { output })]);
  const item = () =>
    helper.getNode('item') as unknown as Record<'status' | 'warn', { lastCall?: { args: unknown[] } }>;
  beforeEach(async () => {
    server = await startCasesServer();
  });
  afterEach(async () => {
    await stopFlow();
    await server.close();
  });

  for (const output of [' connect.arn ', 'msg.connect.arn', "connect['arn']"]) {
    it(`is read as Node-RED reads it: ${output}`, async () => {
      await start(output);
      assert.deepEqual((await delivered({ caseId: 'c1', payload: 'x' })).connect, { arn });
    });
  }

  for (const output of ['payload[', 'a b', '.payload', 'connect..arn', '__proto__.arn', "['"]) {
    it(`is told before anything is sent where it can be none: ${output}`, async () => {
      await start(output);
      assert.deepEqual(item().status.lastCall?.args[0], {
        fill: 'red',
        shape: 'ring',
        text: 'not set up',
        key: 'NOT_CONFIGURED',
      });
      const { code, field } = await refused({ caseId: 'c1', payload: 'x' });
      assert.deepEqual([code, field], ['NOT_CONFIGURED', 'output']);
      assert.equal(server.seen.length, 0);
    });
  }

  const inTheWay: readonly [string, string, Message][] = [
    ['a text', 'payload.arn', { payload: 'x' }],
    ['a frozen object', 'other.arn', { payload: 'x', other: Object.freeze({}) }],
    ['a reference to nothing', 'payload[msg.topic]', { payload: ['x'] }],
  ];
  for (const [what, output, msg] of inTheWay) {
    it(`may be impossible because of ${what}: the message goes on, and the log says so`, async () => {
      await start(output);
      const out = await delivered({ caseId: 'c1', ...msg });
      assert.equal((out.relatedItem as { relatedItemArn: string }).relatedItemArn, arn);
      assert.match(
        String(item().warn.lastCall?.args[0]),
        /item-1 was created, but msg\..* can't hold its ARN/,
      );
    });
  }
});
