import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { install } from '@sinonjs/fake-timers';
import { realDelivery } from '../support/real-client';
import { arnOf, comment } from './fake-cases';

/** Longer than NAT gateways remember a connection on which nothing happens: 350 s. */
const tooLongMs = 351_000;

/** Connections that a line has forgotten look alive and take what is written; nothing ever comes back. */
describe('connections that are kept open', () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function listen(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    return (server.address() as AddressInfo).port;
  }

  /** A service whose answers wait until `held` of them are asked for, behind a line that can forget its connections. */
  async function start() {
    const waiting: (() => void)[] = [];
    const line = { held: 1, connections: 0, forget: () => {} };
    const service = createHttpServer((request, response) => {
      const answer = () => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const caseId = /\/cases\/([^/]+)\//.exec(String(request.url))?.[1] ?? '';
        response.end(JSON.stringify({ relatedItemId: 'i', relatedItemArn: arnOf(caseId, 'i') }));
      };
      request.resume().once('end', () => {
        waiting.push(answer);
        if (waiting.length >= line.held) for (const go of waiting.splice(0)) go();
      });
    });
    const servicePort = await listen(service);
    const pairs = new Set<[Socket, Socket]>();
    const relay = createServer((near) => {
      line.connections += 1;
      const far = connect(servicePort, '127.0.0.1');
      near.pipe(far).pipe(near);
      pairs.add([near, far]);
      for (const socket of [near, far]) {
        socket.on('error', () => undefined);
        closing.push(() => socket.destroy());
      }
    });
    line.forget = () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
      }
      pairs.clear();
    };
    const port = await listen(relay);
    const { delivery, close } = realDelivery(`http://127.0.0.1:${port}`, {
      timeoutSeconds: 2,
      ambiguous: 'resend',
    });
    closing.push(close);
    /** Messages that are under way together, so that each has a connection of its own. */
    const deliverAtOnce = async (count: number) => {
      line.held = count;
      await Promise.all(
        Array.from({ length: count }, (_, index) => delivery.deliver(comment('a', `c${index}`))),
      );
      line.held = 1;
    };
    return { line, delivery, deliverAtOnce };
  }

  it('are used again', async () => {
    const { line, delivery, deliverAtOnce } = await start();
    await deliverAtOnce(5);
    for (let count = 0; count < 5; count += 1) await delivery.deliver(comment('b'));
    assert.equal(line.connections, 5);
  });

  it('are not trusted once one of them is dead: a message pays for that once, not for each of them', async () => {
    const { line, delivery, deliverAtOnce } = await start();
    await deliverAtOnce(10);
    line.forget();
    assert.equal((await delivery.deliver(comment('after the line has moved'))).attempts, 2);
    assert.equal(line.connections, 11);
  });

  it('are closed before they are used where they were idle for so long that a NAT has forgotten them', async () => {
    const { line, delivery, deliverAtOnce } = await start();
    await deliverAtOnce(3);
    line.forget();
    const clock = install({ toFake: ['Date'], now: Date.now() + tooLongMs });
    closing.push(() => clock.uninstall());
    assert.equal((await delivery.deliver(comment('a'))).attempts, 1);
    assert.equal(line.connections, 4);
  });
});
