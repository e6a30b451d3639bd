import assert from 'node:assert/strict';
import {
  type OverviewRequests,
  type OverviewRoute,
  overviewPath,
  overviewPermissions,
} from '../../../src/definition/overview/protocol';
import { commentNode, type Host, startHost } from './host';

/** What the editor asks each route; what it names is not there, so that nothing changes. */
const requests: OverviewRequests = {
  figures: {},
  watch: {},
  waiting: { domain: 'none' },
  failures: {},
  message: { id: 'none' },
  pause: { domain: 'none' },
  resume: { domain: 'none' },
  drop: { domain: 'none', what: 'all' },
  sendAgain: { ids: [] },
  dropFailures: { ids: [] },
};
const routes = Object.keys(overviewPermissions) as readonly OverviewRoute[];

describe('the overview is told', function () {
  this.timeout(60_000);
  let host: Host;
  before(async () => {
    host = await startHost();
    await host.deploy([commentNode]);
  });
  after(() => host?.stop());

  /** The routes that let this user in. */
  const openTo = async (as?: string): Promise<readonly OverviewRoute[]> => {
    const statuses = await Promise.all(routes.map((route) => host.status(route, requests[route], as)));
    return routes.filter((_route, index) => statuses[index] !== 401);
  };

  it('to nobody who has not logged in', async () => {
    for (const route of routes) {
      const { status } = await host.nodeRed.ask(`${overviewPath}/${route}`, { method: 'POST', body: {} });
      assert.equal(status, 401, route);
    }
  });

  it('whole to who may do everything', async () => {
    assert.deepEqual(await openTo('owner'), routes);
  });

  it('to who may read, but changes nothing for him', async () => {
    const reading = routes.filter((route) => overviewPermissions[route] !== 'flows.write');
    assert.deepEqual(await openTo('reader'), reading);
  });

  it('not to who may only pick names', async () => {
    assert.deepEqual(await openTo('picker'), []);
  });

  it('with sensitive parts as they are only to who may change flows', async () => {
    for (const route of ['waiting', 'failures', 'message'] as const) {
      assert.equal(await host.status(route, { ...requests[route], plain: true }, 'reader'), 401, route);
      assert.notEqual(await host.status(route, { ...requests[route], plain: true }, 'owner'), 401, route);
    }
  });

  it('for nothing that is no request of the editor', async () => {
    for (const wrong of [{ domain: 'x', what: 'everything' }, { domain: 1, what: 'all' }, []]) {
      assert.equal(await host.status('drop', wrong), 400);
    }
    for (const limit of [0, 101, 1.5, '10']) {
      assert.equal(await host.status('failures', { limit }), 400, String(limit));
    }
    assert.equal(await host.status('figures', { more: true }), 400);
    assert.equal(await host.status('constructor' as OverviewRoute, {}), 400);
  });
});
