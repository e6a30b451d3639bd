import assert from 'node:assert/strict';
import { type CasesServer, json, startCasesServer } from '../support/cases-server';
import { configNodes, delivered, itemNodes, refused, startFlow, stopFlow } from '../support/runtime-flow';

/** Whatever answers, Node-RED goes on, and the flow is told what is known. */
describe('a node whose service does not answer as documented', () => {
  let server: CasesServer;
  beforeEach(async () => {
    server = await startCasesServer();
    await startFlow([...configNodes(server.url, { ambiguous: 'fail' }), ...itemNodes('comment')]);
  });
  afterEach(async () => {
    await stopFlow();
    await server.close();
  });

  for (const [what, body] of [
    [
      'an id that is a number',
      { relatedItemArn: 'arn:aws:cases:::related-item/12345', relatedItemId: 12345 },
    ],
    ['an id that is null', { relatedItemArn: 'arn:aws:cases:::related-item/x', relatedItemId: null }],
    ['no ARN', { relatedItemId: 'x' }],
    ['an empty object', {}],
    ['a list', []],
  ] as const) {
    it(`${what}: the item may exist`, async () => {
      const good = server.answer;
      server.answer = (_request, response) => json(response, 200, body);
      const { code, created, message } = await refused({ caseId: 'c1', payload: 'x' });
      assert.deepEqual([code, created], ['SERVICE', 'unknown']);
      assert.match(String(message), /^The answer is not the documented one/);
      server.answer = good;
      assert.ok(await delivered({ caseId: 'c1', payload: 'the next one' }));
    });
  }

  it('an error whose texts are of any kind is an error, and no more', async () => {
    for (const odd of [7, [], {}, null, true]) {
      const texts = {
        message: odd,
        resourceId: odd,
        resourceType: odd,
        cause: odd,
        errors: odd,
        syscall: odd,
      };
      server.answer = (_request, response) => json(response, 400, texts, 'ValidationException');
      const { code, created } = await refused({ caseId: 'c1', payload: 'x' });
      assert.deepEqual([code, created], ['VALIDATION', 'no']);
    }
  });
});
