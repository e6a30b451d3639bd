import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { freePort } from '../../src/demo/ports';
import { freePort as unusedPort } from '../support/node-red';

describe('the port of the demo', () => {
  it('is another one where the usual one is in use', async () => {
    const server = createServer();
    const taken = await unusedPort();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
    const port = await freePort(taken);
    assert.ok(port > 0);
    assert.notEqual(port, taken);
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await freePort(taken), taken);
  });
});
