import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Keys that the stand-in below hands out. */
export const temporaryKeys = {
  accessKeyId: 'ASIATEMPORARYKEYSXX',
  secretAccessKey: 'temporary-secret-Zq81',
  sessionToken: 'temporary-token-Vw35',
};

/** A stand-in for STS whose keys are known; a session named `garbled` gets them in an answer that can't be read. */
export async function startSts() {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const garbled = new URLSearchParams(body).get('RoleSessionName') === 'garbled';
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>' +
        `<AccessKeyId>${temporaryKeys.accessKeyId}</AccessKeyId>` +
        `<SecretAccessKey>${temporaryKeys.secretAccessKey}</SecretAccessKey>` +
        `<SessionToken>${temporaryKeys.sessionToken}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>` +
        (garbled ? '</Oops' : '</Credentials></AssumeRoleResult></AssumeRoleResponse>'),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}
