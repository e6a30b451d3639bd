import assert from 'node:assert/strict';
import RED from 'node-red';
import helper from 'node-red-node-test-helper';
import { englishStatus, readStatus, type StatusKey } from '../../src/definition/status';
import { errorCodes } from '../../src/errors/errors';
import { type CasesServer, json, startCasesServer } from '../support/cases-server';
import {
  configNodes,
  deployFlow,
  itemNodes,
  type Message,
  send,
  startFlow,
  stopFlow,
} from '../support/runtime-flow';

/** A status as a Status node of a flow hands it on. */
type Seen = {
  text: string;
  key: StatusKey;
  count?: number;
  code?: string;
  time?: string;
  source: { id: string };
};

describe('the status of a node', () => {
  describe('as a Status node of a flow sees it', () => {
    let server: CasesServer;
    beforeEach(async () => {
      server = await startCasesServer();
    });
    afterEach(async () => {
      await stopFlow();
      await server.close();
    });

    /** What the Status node has handed on, from its first message that `wanted` takes. */
    async function seen(wanted: StatusKey): Promise<Seen> {
      return new Promise((resolve) => {
        helper.getNode('seen').on('input', ({ status }: Message) => {
          if ((status as Seen).key === wanted) resolve(status as Seen);
        });
      });
    }
    const start = (domain: object = {}) =>
      startFlow([
        ...configNodes(server.url, domain),
        ...itemNodes('comment'),
        { id: 'watch', type: 'status', z: 'tab', x: 0, y: 0, scope: ['item'], wires: [['seen']] },
        { id: 'seen', type: 'helper', z: 'tab', x: 0, y: 0 },
      ]);

    it('is English, with its key and when it was', async () => {
      await start();
      const told = seen('done');
      const before = Date.now();
      await send({ caseId: 'c1', payload: 'x' });
      const { text, time = '', source } = await told;
      assert.equal(text, `done · ${time}`);
      assert.equal(source.id, 'item');
      assert.ok(Math.abs(Date.parse(time) - before) < 60_000, time);
    });

    it('is how many wait, as a number, too', async () => {
      const { answer } = server;
      const held: (() => void)[] = [];
      server.answer = (request, response) => held.push(() => answer(request, response));
      await start();
      const told = seen('waiting');
      const last = [1, 2, 3].map((payload) => send({ caseId: 'c1', payload })).at(-1);
      const { text, count } = await told;
      assert.equal(text, 'waiting: 3');
      assert.equal(count, 3);
      server.answer = answer;
      for (const go of held) go();
      await last;
    });

    it('is told once, however often a message is sent again', async () => {
      const { answer } = server;
      server.answer = (request, response) =>
        server.seen.length < 4
          ? json(response, 503, {}, 'ServiceUnavailableException')
          : answer(request, response);
      await start();
      const keys: StatusKey[] = [];
      helper.getNode('seen').on('input', ({ status }: Message) => void keys.push((status as Seen).key));
      const told = seen('done');
      await send({ caseId: 'c1', payload: 'x' });
      await told;
      assert.deepEqual(keys, ['sending', 'done']);
    });

    it('is that all requests fail, how, and how many messages wait for that to end', async function () {
      this.timeout(60_000);
      server.answer = (_request, response) => json(response, 503, {}, 'ServiceUnavailableException');
      await start();
      const told = seen('failing');
      // Each is sent again at times of its own, so that the first one that makes it more than a moment comes soon.
      for (let number = 1; number <= 8; number += 1) void send({ caseId: `c${number}`, payload: 'x' });
      const { text, count, code } = await told;
      assert.deepEqual([text, count, code], ['failing (SERVICE): 8', 8, 'SERVICE']);
    });

    it('still counts the messages that wait, until they have ended, where its node was changed meanwhile', async () => {
      const flow = (name: string) => [...configNodes(server.url), ...itemNodes('comment', { name })];
      const { answer } = server;
      server.answer = (_request, response) => json(response, 429, {}, 'ThrottlingException');
      await startFlow(flow('before'));
      for (const payload of ['1', '2', '3'])
        helper.getNode('item').receive({ caseId: 'c1', payload } as never);
      const counts: unknown[] = [];
      const done = new Promise<void>((resolve) => {
        RED.events.once('flows:started', () => {
          const calls: NodeJS.EventEmitter = helper.getNode('item');
          calls.on(
            'call:status',
            ({ args: [{ key, count }] }: { args: [{ key?: string; count?: number }] }) => {
              if (key === 'done') resolve();
              else counts.push(count ?? 1);
              if (counts.length === 1) server.answer = answer;
            },
          );
        });
      });
      await deployFlow(flow('after'), 'nodes');
      await done;
      assert.equal(counts[0], 3);
      assert.ok(!counts.includes(0));
    });

    it('is why not, in words', async () => {
      const missing = { message: 'no', resourceType: 'Case', resourceId: 'c1' };
      server.answer = (_request, response) => json(response, 404, missing, 'ResourceNotFoundException');
      await start();
      const told = seen('NOT_FOUND_Case');
      await send({ caseId: 'c1', payload: 'x' });
      assert.equal((await told).text, 'not found: case');
    });
  });

  it('is known by the editor by its English words, each by its own', () => {
    for (const [key, text] of Object.entries(englishStatus)) {
      const params = { count: '6', time: '2026-08-03T08:00:00Z', code: 'TIMEOUT' };
      const shown = text
        .replace('__count__', params.count)
        .replace('__time__', params.time)
        .replace('__code__', params.code);
      const used = Object.entries(params).filter(([name]) => text.includes(`__${name}__`));
      assert.deepEqual(readStatus(shown), { key, params: Object.fromEntries(used) }, shown);
    }
  });

  it('is never taken for the name of another text', () => {
    for (const text of [
      'label',
      'item',
      'field.caseId',
      'done',
      'waiting',
      'not found: nobody',
      ...errorCodes,
    ]) {
      assert.equal(readStatus(text), undefined, text);
    }
  });
});
