import assert from 'node:assert/strict';
import { ListDomainsCommand } from '@aws-sdk/client-connectcases';
import { locationOf } from '../../src/runtime/config/settings';
import { createClient } from '../../src/runtime/network/client';

const keys = async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' });

/** The host that a request would go to; nothing is sent. */
async function hostOf(config: Parameters<typeof locationOf>[0]): Promise<string> {
  const client = createClient(locationOf(config), keys, 1);
  let host = '';
  client.middlewareStack.add(
    () => async (args) => {
      host = (args.request as { hostname: string }).hostname;
      throw new Error('not sent');
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await assert.rejects(client.send(new ListDomainsCommand({})), /not sent/);
  client.destroy();
  return host;
}

describe('where requests go', () => {
  it('is the endpoint of the region', async () =>
    assert.equal(await hostOf({ region: 'eu-central-1' }), 'cases.eu-central-1.amazonaws.com'));
  it('is a region that nobody here has heard of yet', async () =>
    assert.equal(await hostOf({ region: 'eu-future-7' }), 'cases.eu-future-7.amazonaws.com'));
  it('is the FIPS endpoint where that is chosen', async () =>
    assert.equal(await hostOf({ region: 'us-east-1', fips: true }), 'cases-fips.us-east-1.amazonaws.com'));
  it('is the dual-stack endpoint where that is chosen, also as the text of a variable', async () =>
    assert.equal(await hostOf({ region: 'us-east-1', dualStack: 'true' }), 'cases.us-east-1.api.aws'));
  it('is an endpoint of your own', async () =>
    assert.equal(
      await hostOf({ region: 'us-east-1', endpoint: 'https://vpce-1.cases.us-east-1.vpce.amazonaws.com' }),
      'vpce-1.cases.us-east-1.vpce.amazonaws.com',
    ));
});
