import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lookUpPath } from '../../src/definition/look-up-protocol';
import { metricsPath, overviewPath } from '../../src/definition/overview/protocol';
import { demo, type Emulator, type SeenRequest, startEmulator } from '../../src/emulator';
import { configNodes } from '../support/deployed-flow';
import type { Route } from './routes';
import { startWatched, type WatchedNodeRed } from './watched-node-red';

const dist = resolve(__dirname, '../../dist');
const prefix = '/connect-cases/';

describe('admin routes that look up', function () {
  this.timeout(60_000);
  let service: Emulator;
  let nodeRed: WatchedNodeRed;
  let routes: readonly Route[];
  let lookUps: readonly Route[];
  const seen: SeenRequest[] = [];
  before(async () => {
    service = await startEmulator({ onRequest: (request) => seen.push(request) });
    nodeRed = await startWatched();
    routes = nodeRed.routes.filter(({ path }) => path.startsWith(prefix));
    lookUps = routes.filter(({ path }) => path.startsWith(`/${lookUpPath}/`));
    await nodeRed.deploy(configNodes(service.url, demo));
  });
  after(async () => {
    await nodeRed?.stop();
    await service?.close();
  });

  /** The account as it is deployed, so that stored secrets are used. */
  const deployed = () => ({
    domain: {
      id: 'local-domain',
      auth: 'local-keys',
      region: 'us-east-1',
      endpoint: service.url,
      domainId: demo.domainId,
    },
    credentials: { id: 'local-keys', method: 'keys' },
  });
  /** The status that each of our routes gives to this user. */
  const statuses = async (body: object, as?: string): Promise<Set<number>> => {
    const answers = lookUps.map(({ method, path }) =>
      nodeRed.ask(path.slice(1).replace(/:\w+/g, 'domains'), {
        method,
        ...(as && { as }),
        ...(method !== 'GET' && { body }),
      }),
    );
    return new Set((await Promise.all(answers)).map(({ status }) => status));
  };

  it('are the look-ups, and beside them the overview and nothing else', () => {
    assert.deepEqual(routes, [
      { method: 'POST', path: `/${lookUpPath}/:name` },
      { method: 'POST', path: `/${overviewPath}/:name` },
      { method: 'GET', path: `/${metricsPath}` },
    ]);
  });

  it('are registered by our nodes under their prefix only, and none is open to the flow side', () => {
    const files = readdirSync(join(dist, 'nodes')).filter((name) => name.endsWith('.js'));
    const code = ['runtime.js', ...files.map((name) => join('nodes', name))]
      .map((name) => readFileSync(join(dist, name), 'utf8'))
      .join('\n');
    const registered = [...code.matchAll(/httpAdmin\.(\w+)\((.{15})/g)].map(([, method, path]) => [
      method,
      path,
    ]);
    assert.deepEqual(
      registered,
      routes.map(({ method }) => [method.toLowerCase(), "'/connect-cases"]),
    );
    assert.equal(code.split('httpAdmin').length - 1, registered.length);
    assert.ok(!code.includes('httpNode'));
  });

  it('refuse who has not logged in', async () => {
    assert.deepEqual(await statuses(deployed()), new Set([401]));
    assert.equal(seen.length, 0);
  });

  it('refuse who may only read, since they use stored secrets', async () => {
    assert.deepEqual(await statuses(deployed(), 'reader'), new Set([401]));
    assert.equal(seen.length, 0);
  });

  it('refuse who may pick but not deploy, for what is not deployed', async () => {
    const { domain, credentials } = deployed();
    const body = { domain: { ...domain, region: 'eu-central-1' }, credentials };
    assert.deepEqual(await statuses(body, 'picker'), new Set([401]));
    assert.equal(seen.length, 0);
  });

  it('work for who may pick, for what is deployed', async () => {
    assert.deepEqual(await statuses(deployed(), 'picker'), new Set([200]));
    assert.equal(seen.length, lookUps.length);
  });
});
