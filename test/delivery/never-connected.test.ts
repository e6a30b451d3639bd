import assert from 'node:assert/strict';
import dns from 'node:dns';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import {
  type AddressInfo,
  createServer,
  getDefaultAutoSelectFamily,
  type Server,
  type Socket,
  setDefaultAutoSelectFamily,
} from 'node:net';
import { generate } from 'selfsigned';
import { freePort } from '../support/node-red';
import { realDelivery } from '../support/real-client';
import { arnOf, comment } from './fake-cases';

/** Where no connection comes about, nothing has been sent: that is known for sure, however it fails. */
describe('a connection that never comes about', () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }

  const certificate = () => generate([{ name: 'commonName', value: 'localhost' }]);

  function environment(variables: Record<string, string>): void {
    for (const [name, value] of Object.entries(variables)) {
      const before = process.env[name];
      process.env[name] = value;
      closing.push(() => {
        if (before === undefined) delete process.env[name];
        else process.env[name] = before;
      });
    }
  }

  /** The name `localhost` as a machine with both families resolves it. */
  function localhostIn(...families: readonly (4 | 6)[]): void {
    const { lookup } = dns;
    const addresses = families.map((family) => ({ address: family === 4 ? '127.0.0.1' : '::1', family }));
    const stub = (_host: string, options: { all?: boolean }, done: (...found: unknown[]) => void) =>
      process.nextTick(() =>
        options.all ? done(null, addresses) : done(null, addresses[0]?.address, addresses[0]?.family),
      );
    dns.lookup = Object.assign(stub, { __promisify__: lookup.__promisify__ }) as unknown as typeof lookup;
    closing.push(() => {
      dns.lookup = lookup;
    });
  }

  /** Two messages for two cases, until both wait for a connection; then the log, and how they end when it is closed. */
  async function waitOffline(endpoint: string, timeoutSeconds = 5): Promise<string[]> {
    const { delivery, warnings, close } = realDelivery(endpoint, { timeoutSeconds, ambiguous: 'fail' });
    const offline = new Set<string>();
    let changed = () => {};
    const results = ['c1', 'c2'].map((caseId) =>
      delivery.deliver(comment('a', caseId), {
        onState(state) {
          if (state === 'offline') offline.add(caseId);
          changed();
        },
      }),
    );
    const endings = Promise.allSettled(results);
    await Promise.race([
      Promise.all(results).catch(() => undefined),
      new Promise<void>((resolve) => {
        changed = () => warnings.length > 0 && offline.size === results.length && resolve();
      }),
    ]);
    const state = delivery.state;
    await close();
    for (const ending of await endings) {
      assert.deepEqual([ending.status === 'rejected' && ending.reason.code], ['CLOSED']);
      assert.equal(ending.status === 'rejected' && ending.reason.created, 'no');
    }
    assert.equal(state, 'offline');
    return warnings;
  }

  it('nobody listens on any of the addresses of a name', async () => {
    const port = await freePort();
    localhostIn(6, 4);
    const warnings = await waitOffline(`http://localhost:${port}`);
    assert.deepEqual(warnings, ["The service can't be reached (ECONNREFUSED). Messages wait meanwhile."]);
  });

  for (const timeoutSeconds of [0.3, 2.2]) {
    it(`nothing answers for ${timeoutSeconds} s while TLS is being agreed on, as behind a firewall`, async () => {
      const port = await listen(createServer());
      const warnings = await waitOffline(`https://127.0.0.1:${port}`, timeoutSeconds);
      assert.deepEqual(warnings, [
        "The service can't be reached (time-out of the connection). Messages wait meanwhile.",
      ]);
    });
  }

  it('the line is reset at the first word of TLS', async () => {
    const port = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    const warnings = await waitOffline(`https://127.0.0.1:${port}`);
    assert.deepEqual(warnings, ["The service can't be reached (ECONNRESET). Messages wait meanwhile."]);
  });

  it('what listens there speaks no TLS', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end()));
    const [warning, ...more] = await waitOffline(`https://127.0.0.1:${port}`);
    assert.match(String(warning), /: what listens there does not speak TLS\). Messages wait meanwhile\.$/);
    assert.deepEqual(more, []);
  });

  it('what listens there speaks nothing but TLS', async () => {
    const { private: key, cert } = await certificate();
    const port = await listen(createHttpsServer({ key, cert }));
    assert.deepEqual(await waitOffline(`http://127.0.0.1:${port}`), [
      "The service can't be reached (what listens there speaks TLS, so its address begins with https://). " +
        'Messages wait meanwhile.',
    ]);
  });

  it('its certificate is nobody’s', async () => {
    const { private: key, cert } = await certificate();
    const port = await listen(createHttpsServer({ key, cert }));
    const [warning, ...more] = await waitOffline(`https://127.0.0.1:${port}`);
    assert.match(String(warning), /^The server's certificate was not accepted \([A-Z_]+\)\./);
    assert.deepEqual(more, []);
  });

  const timeOut = 'time-out of the connection';
  /** Only where nothing comes, it is worth a short wait: elsewhere a slow machine has the time that it needs. */
  const secondsUntil = (reason: string) => (reason === timeOut ? 0.5 : undefined);

  const proxies: readonly [what: string, behave: (socket: Socket) => void, reason: string][] = [
    ['says nothing', () => undefined, timeOut],
    ['closes', (socket) => socket.end(), 'ECONNRESET'],
    ['resets', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    ['speaks something else', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), 'HPE_INVALID_CONSTANT'],
    [
      'lets it through and then resets it',
      (socket) => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        socket.once('data', () => socket.resetAndDestroy());
      },
      'ECONNRESET',
    ],
    [
      'lets it through and then closes it',
      (socket) => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        socket.once('data', () => socket.end());
      },
      'ECONNRESET',
    ],
    ['refuses', (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'), 'the proxy answered 403'],
  ];
  for (const [what, behave, reason] of proxies) {
    it(`a proxy ${what}`, async () => {
      const port = await listen(createServer((socket) => socket.once('data', () => behave(socket))));
      environment({ https_proxy: `127.0.0.1:${port}`, no_proxy: '' });
      const warnings = await waitOffline('https://cases.invalid', secondsUntil(reason));
      assert.deepEqual(warnings, [`The service can't be reached (${reason}). Messages wait meanwhile.`]);
    });
  }

  for (const [what, behave, reason] of [
    ['closes', (socket: Socket) => socket.end(), 'ECONNRESET'],
    ['resets', (socket: Socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    ['says nothing', () => undefined, timeOut],
  ] as const) {
    it(`a proxy that is spoken to over TLS ${what} while TLS is being agreed on`, async () => {
      const port = await listen(createServer((socket) => socket.once('data', () => behave(socket))));
      environment({ https_proxy: `https://127.0.0.1:${port}`, no_proxy: '' });
      const warnings = await waitOffline('https://cases.invalid', secondsUntil(reason));
      assert.deepEqual(warnings, [`The service can't be reached (${reason}). Messages wait meanwhile.`]);
    });
  }

  for (const families of [
    [4, 6],
    [6, 4],
  ] as const) {
    it(`a service that listens on IPv6 alone is found where its name has IPv${families.join(' and IPv')}`, async () => {
      const server = createHttpServer((request, response) => {
        request.resume().once('end', () => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ relatedItemId: 'i', relatedItemArn: arnOf('c1', 'i') }));
        });
      });
      const port = await listen(server, '::1');
      localhostIn(...families);
      const before = getDefaultAutoSelectFamily();
      setDefaultAutoSelectFamily(false);
      closing.push(() => setDefaultAutoSelectFamily(before));
      const { delivery, close } = realDelivery(`http://localhost:${port}`);
      closing.push(close);
      assert.equal((await delivery.deliver(comment('a'))).relatedItemId, 'i');
    });
  }
});
