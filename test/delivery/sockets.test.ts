import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { DeliverySettings } from '../../src/delivery/delivery';
import type { Delivery } from '../support/item-delivery';
import { freePort } from '../support/node-red';
import { realDelivery } from '../support/real-client';
import { comment } from './fake-cases';

const keys = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' };

type Handler = (
  request: IncomingMessage,
  socket: Socket,
  answer: (status: number, body: object) => void,
) => void;

/** Connections that break for real, between the SDK and a server that does what each test says. */
describe('a connection that breaks', () => {
  const closing: (() => Promise<unknown> | unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function listen(
    handler: Handler,
    port = 0,
  ): Promise<{ port: number; server: Server; creates: () => number }> {
    let creates = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        if (!request.url?.endsWith('-search')) creates += 1;
        handler(request, request.socket, (status, body) => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    closing.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return { port: (server.address() as AddressInfo).port, server, creates: () => creates };
  }

  function deliveryTo(
    port: number,
    settings: Partial<DeliverySettings> = {},
    credentials?: () => Promise<typeof keys>,
  ): Delivery {
    const url = `http://127.0.0.1:${port}`;
    const { delivery, close } = realDelivery(url, { ambiguous: 'fail', ...settings }, credentials);
    closing.push(close);
    return delivery;
  }

  const created = {
    relatedItemId: 'i',
    relatedItemArn: 'arn:aws:cases:r:1:domain/d1/case/c1/related-item/i',
  };

  it('after the request was read: it is not known whether the item exists', async () => {
    const { port, creates } = await listen((_request, socket) => socket.destroy());
    await assert.rejects(deliveryTo(port).deliver(comment('a')), { code: 'NETWORK', created: 'unknown' });
    assert.equal(creates(), 1);
  });

  it('reset after the request was read: the same', async () => {
    const { port } = await listen((_request, socket) => socket.resetAndDestroy());
    await assert.rejects(deliveryTo(port).deliver(comment('a')), { code: 'NETWORK', created: 'unknown' });
  });

  it('in the middle of the answer: the same', async () => {
    const { port } = await listen((_request, socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"related');
    });
    await assert.rejects(deliveryTo(port).deliver(comment('a')), { created: 'unknown' });
  });

  it('an answer that never comes is a time-out, and nobody knows either', async () => {
    const { port } = await listen(() => undefined);
    await assert.rejects(deliveryTo(port, { timeoutSeconds: 0.2 }).deliver(comment('a')), {
      code: 'TIMEOUT',
      created: 'unknown',
    });
  });

  it('an answer that stops half-way is one, too', async () => {
    const { port } = await listen((_request, socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"related',
      );
    });
    await assert.rejects(deliveryTo(port, { timeoutSeconds: 0.2 }).deliver(comment('a')), {
      created: 'unknown',
    });
  });

  it('before anybody listens: the message waits and is sent once somebody does', async () => {
    const port = await freePort();
    const delivery = deliveryTo(port);
    const offline = new Promise<void>((resolve) => {
      void delivery
        .deliver(comment('a'), { onState: (state) => state === 'offline' && resolve() })
        .then(() => undefined);
    });
    await offline;
    assert.equal(delivery.state, 'offline');
    const { creates } = await listen((_request, _socket, answer) => answer(200, created), port);
    const next = await delivery.deliver(comment('b'));
    assert.equal(next.verified, false);
    assert.equal(creates(), 2);
  });

  it('a kept-alive connection that the server has closed meanwhile loses nothing', async () => {
    const { port, server, creates } = await listen((_request, _socket, answer) => answer(200, created));
    const delivery = deliveryTo(port, { ambiguous: 'resend' });
    await delivery.deliver(comment('a'));
    server.closeAllConnections();
    await delivery.deliver(comment('b'));
    assert.equal(creates(), 2);
  });

  it('a server that does not speak HTTP is not a reason to say that nothing was created', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined).end('nonsense\r\n\r\n');
      closing.push(() => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    await assert.rejects(deliveryTo(port).deliver(comment('a')), { created: 'unknown' });
  });

  it('a server that wants to speak something else than HTTP from then on: nobody knows', async () => {
    const { port } = await listen((_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
    });
    await assert.rejects(deliveryTo(port).deliver(comment('a')), { code: 'NETWORK', created: 'unknown' });
  });

  for (const [what, behave, line] of [
    [
      'garbage',
      (socket: Socket) => socket.end('nonsense\r\n\r\n'),
      /^The connection broke before the answer/,
    ],
    ['silence', () => undefined, /^No answer came in time\.$/],
  ] as const) {
    it(`${what}, whatever is asked, has one line in the log`, async () => {
      let requests = 0;
      let enough = () => {};
      const several = new Promise<void>((resolve) => {
        enough = resolve;
      });
      const { port } = await listen((_request, socket) => {
        requests += 1;
        if (requests === 5) enough();
        behave(socket);
      });
      const { delivery, warnings, close } = realDelivery(`http://127.0.0.1:${port}`, { timeoutSeconds: 0.3 });
      closing.push(close);
      const rejected = assert.rejects(delivery.deliver(comment('a')), { code: 'CLOSED', created: 'unknown' });
      await several;
      await delivery.close(0);
      await rejected;
      assert.equal(warnings.length, 1, warnings.join('\n'));
      assert.match(String(warnings[0]), line);
    });
  }

  it('credentials that never come are an error, and nothing is sent when they come after all', async () => {
    const { port, creates } = await listen((_request, _socket, answer) => answer(200, created));
    let come = (_keys: typeof keys) => {};
    const late = new Promise<typeof keys>((resolve) => {
      come = resolve;
    });
    const delivery = deliveryTo(port, { timeoutSeconds: 1 }, () => late);
    await assert.rejects(delivery.deliver(comment('too early')), { code: 'CREDENTIALS', created: 'no' });
    come(keys);
    await delivery.deliver(comment('in time'));
    assert.equal(creates(), 1);
  });

  it('closing ends what hangs, with its socket', async () => {
    let ended = () => {};
    const socketEnded = new Promise<void>((resolve) => {
      ended = resolve;
    });
    let arrived = () => {};
    const requestArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { port } = await listen((_request, socket) => {
      socket.once('close', ended);
      arrived();
    });
    const delivery = deliveryTo(port);
    const rejected = assert.rejects(delivery.deliver(comment('a')), { code: 'CLOSED', created: 'unknown' });
    await requestArrived;
    await delivery.close(0);
    await rejected;
    await socketEnded;
  });
});
