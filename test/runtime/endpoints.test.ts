import assert from 'node:assert/strict';
import { ListDomainsCommand } from '@aws-sdk/client-connectcases';
import type { CasesError } from '../../src/errors/errors';
import { locationOf } from '../../src/runtime/config/settings';
import { createClient } from '../../src/runtime/network/client';
import { setEnvironment } from '../support/environment';

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
  it('is that of a region in capitals, too', async () =>
    assert.equal(await hostOf({ region: 'EU-Central-1' }), 'cases.eu-central-1.amazonaws.com'));
  it('is a region that nobody here has heard of yet', async () =>
    assert.equal(await hostOf({ region: 'eu-future-7' }), 'cases.eu-future-7.amazonaws.com'));
  it('is the FIPS endpoint where that is chosen', async () =>
    assert.equal(await hostOf({ region: 'us-east-1', fips: true }), 'cases-fips.us-east-1.amazonaws.com'));
  it('is the dual-stack endpoint where that is chosen, also as the text of a variable', async () =>
    assert.equal(await hostOf({ region: 'us-east-1', dualStack: 'true' }), 'cases.us-east-1.api.aws'));
  for (const fips of ['true', 'TRUE', ' True ', 'yes', 'on', '1'])
    it(`is the FIPS endpoint where a variable says "${fips}"`, async () =>
      assert.equal(await hostOf({ region: 'us-east-1', fips }), 'cases-fips.us-east-1.amazonaws.com'));
  for (const fips of ['false', 'FALSE', 'no', 'off', '0', ''])
    it(`is the ordinary endpoint where a variable says "${fips}"`, async () =>
      assert.equal(await hostOf({ region: 'us-east-1', fips }), 'cases.us-east-1.amazonaws.com'));
  for (const [name, config] of Object.entries({
    fips: { fips: 'perhaps' },
    dualStack: { dualStack: 'ja' },
  }))
    it(`is not guessed where ${name} is neither on nor off`, () =>
      assert.throws(() => locationOf({ region: 'us-east-1', ...config }), {
        code: 'NOT_CONFIGURED',
        details: { field: name },
      }));
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_CONNECTCASES'])
    for (const value of ['localhost:4510', '127.0.0.1:4510', 'cases.example', 'ftp://cases.example'])
      it(`is not ${name}=${value}, which is no address: that is told by name`, () => {
        const restore = setEnvironment({ [name]: value });
        try {
          assert.throws(
            () => locationOf({ region: 'us-east-1' }),
            ({ code, message }: CasesError) => code === 'NOT_CONFIGURED' && message.includes(` ${name} `),
          );
          assert.equal(
            locationOf({ region: 'us-east-1', endpoint: 'https://own.example' }).region,
            'us-east-1',
          );
        } finally {
          restore();
        }
      });
  it('is an endpoint of your own', async () =>
    assert.equal(
      await hostOf({ region: 'us-east-1', endpoint: 'https://vpce-1.cases.us-east-1.vpce.amazonaws.com' }),
      'vpce-1.cases.us-east-1.vpce.amazonaws.com',
    ));
});
