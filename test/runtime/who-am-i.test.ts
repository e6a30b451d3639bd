import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListDomainsCommand } from '@aws-sdk/client-connectcases';
import { noteAddress, whoAmI } from '../../src/runtime/look-up/who-am-i';
import { createClient } from '../../src/runtime/network/client';
import { setEnvironment } from '../support/environment';

const location = { region: 'us-east-1', fips: false, dualStack: false };
const credentials = async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' });
const arn = 'arn:aws:iam::123456789012:user/me';

describe('whom the keys belong to', () => {
  let sts: Server;
  let asked = 0;
  let restore: () => void;
  before(async () => {
    sts = createServer((_request, response) => {
      asked += 1;
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
            `<Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
        );
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => sts.once('listening', listening));
    restore = setEnvironment({
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
    });
  });
  beforeEach(() => {
    asked = 0;
  });
  after(() => {
    restore();
    sts.closeAllConnections();
    sts.close();
  });

  for (const address of [
    'https://cases.us-east-1.amazonaws.com',
    'https://cases.cn-north-1.amazonaws.com.cn',
    'https://cases.us-east-1.api.aws',
    'https://vpce-1.cases.us-east-1.vpce.amazonaws.com',
  ])
    it(`STS says, where requests go to ${address}`, async () => {
      assert.equal(await whoAmI({ location, credentials }, address), arn);
      assert.equal(asked, 1);
    });

  for (const address of [
    'https://cases.example',
    'http://10.0.0.7:4510',
    'https://amazonaws.com.example',
    'https://notamazonaws.com',
    '',
  ])
    it(`STS is not asked where requests go to ${address || 'nobody yet'}`, async () => {
      assert.equal(await whoAmI({ location, credentials }, address), '');
      assert.equal(asked, 0);
    });

  it('goes by where requests went in the end, also by a variable', async () => {
    const undo = setEnvironment({ AWS_ENDPOINT_URL_CONNECTCASES: 'https://127.0.0.1:9' });
    const client = createClient(location, credentials, 1);
    const address = noteAddress(client);
    await assert.rejects(client.send(new ListDomainsCommand({})));
    client.destroy();
    undo();
    assert.equal(address(), 'https://127.0.0.1:9');
  });
});
