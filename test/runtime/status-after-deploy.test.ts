import assert from 'node:assert/strict';
import RED from 'node-red';
import helper from 'node-red-node-test-helper';
import { type CasesServer, json, startCasesServer } from '../support/cases-server';
import { configNodes, itemNodes, startFlow, stopFlow, testKeys } from '../support/runtime-flow';

describe('the status of a node that was changed while its messages wait', () => {
  let server: CasesServer;
  beforeEach(async () => {
    server = await startCasesServer();
  });
  afterEach(async () => {
    await stopFlow();
    await server.close();
  });

  it('still counts them, until they have ended', async () => {
    const flow = (name: string) => [...configNodes(server.url), ...itemNodes('comment', { name })];
    const { answer } = server;
    server.answer = (_request, response) => json(response, 429, {}, 'ThrottlingException');
    await startFlow(flow('before'));
    for (const payload of ['1', '2', '3']) helper.getNode('item').receive({ caseId: 'c1', payload } as never);
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
    await helper.setFlows(flow('after') as never, 'nodes' as never, { credentials: testKeys } as never);
    await done;
    assert.equal(counts[0], 3);
    assert.ok(!counts.includes(0));
  });
});
