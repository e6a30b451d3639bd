import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../../src/demo/ports';

describe('the port of the demo', () => {
  it('is another one where the usual one is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const taken = (server.address() as AddressInfo).port;
    const port = await freePort(taken);
    assert.ok(port > 0);
    assert.notEqual(port, taken);
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await freePort(taken), taken);
  });
});
