import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type ConnectionTest, lookUpPath } from '../../src/definition/look-up-protocol';
import { deploy, keys, untilFound } from '../support/deployed-flow';
import { type NodeRed, startNodeRed } from '../support/node-red';

type Behaviour = (socket: Socket) => void;

/** A port at which each connection is treated so; resolves as often as one was made. */
async function startPort() {
  let behaviour: Behaviour = () => undefined;
  let arrived = () => {};
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    behaviour(socket);
    arrived();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const next = () =>
    new Promise<void>((resolve) => {
      arrived = resolve;
    });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Treats connections so until some have been made. */
    async until(count: number, behave: Behaviour) {
      behaviour = behave;
      for (let seen = 0; seen < count; seen += 1) await next();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const duringTheHandshake: Readonly<Record<string, Behaviour>> = {
  'closes at once': (socket) => socket.end(),
  'closes after the first word of TLS': (socket) => socket.once('data', () => socket.end()),
  'resets after the first word of TLS': (socket) => socket.once('data', () => socket.resetAndDestroy()),
  'breaks off in the middle of a record': (socket) =>
    socket.once('data', () => socket.end(Buffer.from([0x16, 3, 3, 0, 80, 2]))),
  'answers in plain HTTP': (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
};

/** A proxy that is spoken to over TLS and goes away meanwhile, as one does that restarts. */
describe('a proxy whose listener goes away while TLS is being agreed on', function () {
  this.timeout(60_000);
  for (const scheme of ['https://', '']) {
    it(`does not end Node-RED, where the address begins with "${scheme}"`, async () => {
      const proxy = await startPort();
      const nodeRed = await startNodeRed({}, { HTTPS_PROXY: `${scheme}${proxy.address}`, NO_PROXY: '' });
      try {
        await deploy(nodeRed.url, flow);
        for (const behave of Object.values(duringTheHandshake)) {
          const tried = proxy.until(1, behave);
          await press(nodeRed);
          await testConnection(nodeRed);
          await tried;
        }
        assert.equal((await fetch(`${nodeRed.url}settings`)).status, 200);
      } finally {
        await nodeRed.stop();
        await proxy.close();
      }
    });
  }
});

const flow = [
  { id: 'tab', type: 'tab', label: 'Test' },
  { id: 'keys', type: 'connect-cases-credentials', method: 'keys', credentials: keys },
  { id: 'role', type: 'connect-cases-credentials', method: 'role', source: 'keys', credentials: keys },
  ...['keys', 'role'].flatMap((auth) => [
    { id: `domain-${auth}`, type: 'connect-cases-domain', auth, region: 'us-east-1', domainId: 'd1' },
    {
      id: `comment-${auth}`,
      type: 'connect-cases-comment',
      z: 'tab',
      domain: `domain-${auth}`,
      x: 300,
      y: 100,
      wires: [[]],
    },
  ]),
  {
    id: 'press',
    type: 'inject',
    z: 'tab',
    props: [{ p: 'payload' }, { p: 'caseId', v: 'c1', vt: 'str' }],
    payload: 'a',
    payloadType: 'str',
    x: 100,
    y: 100,
    wires: [['comment-keys', 'comment-role']],
  },
];

async function press({ url }: NodeRed): Promise<void> {
  assert.equal((await untilFound(() => fetch(`${url}inject/press`, { method: 'POST' }))).status, 200);
}

async function testConnection({ url }: NodeRed): Promise<void> {
  const answer = await fetch(`${url}${lookUpPath}/test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      domain: { id: 'domain-keys', auth: 'keys', region: 'us-east-1', domainId: 'd1' },
      credentials: { method: 'keys' },
    }),
  });
  assert.equal(answer.status, 200);
  const { found } = (await answer.json()) as { found: ConnectionTest };
  assert.equal(found.verdict, 'unreachable');
}
