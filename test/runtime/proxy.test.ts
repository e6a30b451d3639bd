import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type CasesServer, startCasesServer } from '../support/cases-server';
import { configNodes, delivered, itemNodes, refused, startFlow, stopFlow } from '../support/runtime-flow';

/** An HTTP proxy that writes down to where it was asked to connect; it gives each of `refusals` once. */
async function startProxy() {
  const targets: string[] = [];
  const refusals: string[] = [];
  const server = createServer();
  server.on('connect', (request, client, head) => {
    targets.push(String(request.url));
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      client.end(refusal);
      return;
    }
    const { port, hostname } = new URL(`http://${request.url}`);
    const upstream = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [upstream, client]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    refusals,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

describe('behind a proxy', () => {
  let server: CasesServer;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  beforeEach(async () => {
    [server, proxy] = await Promise.all([startCasesServer(), startProxy()]);
    process.env.http_proxy = proxy.url;
    process.env.https_proxy = proxy.url;
  });
  afterEach(async () => {
    for (const name of [
      'http_proxy',
      'https_proxy',
      'no_proxy',
      'AWS_ENDPOINT_URL',
      'AWS_ENDPOINT_URL_CONNECTCASES',
    ])
      delete process.env[name];
    await stopFlow();
    await Promise.all([server.close(), proxy.close()]);
  });

  const deliver = async (endpoint = server.url) => {
    await startFlow([...configNodes(endpoint), ...itemNodes('comment')]);
    await delivered({ caseId: 'c1', payload: 'x' });
    assert.equal(server.seen.length, 1);
  };

  it('goes through the proxy of the environment', async () => {
    await deliver();
    assert.deepEqual(proxy.targets, [server.url.replace('http://', '')]);
  });

  it('goes straight to a host that NO_PROXY names', async () => {
    process.env.no_proxy = '127.0.0.1';
    await deliver();
    assert.deepEqual(proxy.targets, []);
  });

  it('goes by the endpoint of the environment where the domain names none', async () => {
    process.env.AWS_ENDPOINT_URL = server.url;
    process.env.no_proxy = '127.0.0.1';
    await deliver('');
    assert.deepEqual(proxy.targets, []);
  });

  it('takes a proxy without a scheme for an HTTP proxy, as curl does', async () => {
    process.env.http_proxy = proxy.url.replace('http://', '');
    await deliver();
    assert.equal(proxy.targets.length, 1);
  });

  for (const [name, value] of [
    ['http_proxy', '"http://me:s3cret@127.0.0.1:3128"'],
    ['http_proxy', 'http://me:s3cret#x@127.0.0.1:3128'],
    ['http_proxy', 'http://me:s3cret%@127.0.0.1:3128'],
    ['AWS_ENDPOINT_URL', 'localhost:4510'],
    ['AWS_ENDPOINT_URL', '127.0.0.1:4510'],
    ['AWS_ENDPOINT_URL_CONNECTCASES', '"http://127.0.0.1:4510"'],
  ] as const)
    it(`${name}=${value} refuses the message and says which variable is wrong`, async () => {
      process.env[name] = value;
      const ofEnvironment = name.startsWith('AWS_');
      await startFlow([...configNodes(ofEnvironment ? '' : server.url), ...itemNodes('comment')]);
      const { code, message, created } = await refused({ caseId: 'c1', payload: 'x' });
      assert.deepEqual([code, created], ['NOT_CONFIGURED', 'no']);
      assert.match(String(message), new RegExp(`^The environment variable ${name} is `));
      assert.equal(String(message).includes('s3cret'), false);
    });

  for (const [what, refusal] of [
    ['forbids the host', 'HTTP/1.1 403 Forbidden\r\n\r\n'],
    ['asks for a password', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'],
    ['does not reach the host', 'HTTP/1.1 502 Bad Gateway\r\n\r\n'],
    ['hangs up', ''],
  ] as const)
    it(`waits, as without a network, where the proxy ${what}: that is no answer of the service`, async () => {
      proxy.refusals.push(refusal);
      await deliver();
      assert.equal(proxy.targets.length, 2);
    });
});
