import assert from 'node:assert/strict';
import { ConnectCasesClient, ListDomainsCommand } from '@aws-sdk/client-connectcases';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials, fromWebToken } from '@aws-sdk/credential-providers';
import type { EmulatorOptions } from '../../src/emulator';
import {
  anyCredentials,
  closeLocalCases,
  inFreezer,
  type LocalCases,
  localCases,
  raw,
  refused,
  relatedItemsPath,
} from '../support/local-cases';

afterEach(closeLocalCases);

const keys = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'a secret of the test' };
const verifying = (
  options: EmulatorOptions = {},
  credentials: typeof keys & { sessionToken?: string } = keys,
) => localCases({ verifySignatures: true, credentials: keys, ...options }, credentials);

describe('signatures in the local service', () => {
  it('are accepted from the SDK, also where a case id has to be encoded twice', async () => {
    const local = await verifying();
    await local.comment('Grüße 🚒');
    const caseId = `arn:aws:cases:us-east-1:123456789012:domain/${inFreezer.domainId}/case/${inFreezer.caseId}`;
    assert.equal((await local.search({ caseId })).relatedItems.length, 1);
    await local.client.send(new ListDomainsCommand({ maxResults: 3 }));
  });
  it('are not looked at unless that was asked for', async () => {
    const local = await localCases({}, anyCredentials);
    await local.comment('hi');
  });

  describe('are refused', () => {
    it('where the secret is another one', async () =>
      refused(
        (await verifying({}, { ...keys, secretAccessKey: 'guess' })).comment('x'),
        'InvalidSignatureException',
      ));
    it('where nobody has the key', async () =>
      refused((await verifying({}, anyCredentials)).comment('x'), 'UnrecognizedClientException'));
    it('where there is none', async () => {
      const response = await raw(await verifying(), relatedItemsPath, '{}');
      assert.equal(response.status, 403);
      assert.equal(response.headers.get('x-amzn-errortype'), 'MissingAuthenticationTokenException');
    });
    it('where a part is missing', async () => {
      const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/cases/aws4_request' };
      const response = await raw(await verifying(), relatedItemsPath, '{}', { headers });
      assert.equal(response.headers.get('x-amzn-errortype'), 'IncompleteSignatureException');
    });
    it('where the query was added to, by whatever name', async () => {
      const local = await verifying();
      for (const name of ['maxResults', 'constructor', '__proto__']) {
        local.client.middlewareStack.add(
          (next) => (args) => {
            (args.request as { query: Record<string, string> }).query = Object.fromEntries([[name, '3']]);
            return next(args);
          },
          { step: 'finalizeRequest', priority: 'low', name: 'addition', override: true },
        );
        await refused(local.client.send(new ListDomainsCommand()), 'InvalidSignatureException');
      }
    });
    it('where the session token is missing or wrong', async () => {
      const credentials = { ...keys, sessionToken: 'right' };
      await (await verifying({ credentials }, credentials)).comment('x');
      await refused((await verifying({ credentials })).comment('x'), 'UnrecognizedClientException');
      const wrong = { ...keys, sessionToken: 'wrong' };
      await refused((await verifying({ credentials }, wrong)).comment('x'), 'UnrecognizedClientException');
    });
    it('more than five minutes after and before they were made', async () => {
      const shifted = (minutes: number) => verifying({ now: () => Date.now() + minutes * 60_000 });
      await (await shifted(4)).comment('x');
      await (await shifted(-4)).comment('x');
      await refused((await shifted(6)).comment('x'), 'InvalidSignatureException', /expired/);
      await refused((await shifted(-6)).comment('x'), 'InvalidSignatureException', /not yet current/);
    });

    /** Sends what the SDK signed with a change that it does not know of. */
    async function tampered(change: (request: { headers: Record<string, string>; body: string }) => void) {
      const local = await verifying();
      local.client.middlewareStack.add(
        (next) => (args) => {
          change(args.request as Parameters<typeof change>[0]);
          return next(args);
        },
        { step: 'finalizeRequest', priority: 'low' },
      );
      return local.comment('original');
    }
    it('where the body was changed, with or without the hash that it declares', async () => {
      const rewrite = (request: { body: string }) => {
        request.body = request.body.replace('original', 'tampered');
      };
      await refused(tampered(rewrite), 'InvalidSignatureException');
      await refused(
        tampered((request) => {
          rewrite(request);
          request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
        }),
        'InvalidSignatureException',
      );
    });
    it('where they were made for another service, or leave out the host', async () => {
      const edit = (from: string, to: string) =>
        tampered(({ headers }) => {
          headers.authorization = headers.authorization?.replace(from, to) ?? '';
        });
      await refused(edit('/cases/', '/s3/'), 'InvalidSignatureException', /correct service: 'cases'/);
      await refused(edit('host;', ''), 'InvalidSignatureException', /SignedHeader/);
    });
  });
});

describe('STS of the local service', () => {
  const RoleArn = 'arn:aws:iam::123456789012:role/team/CasesWriter';
  let now = Date.now();
  let local: LocalCases;
  let sts: STSClient;
  beforeEach(async () => {
    now = Date.now();
    local = await verifying({ now: () => now });
    sts = new STSClient({
      endpoint: local.emulator.url,
      region: 'us-east-1',
      credentials: keys,
      maxAttempts: 1,
    });
  });
  afterEach(() => sts.destroy());
  const casesAs = (credentials: ReturnType<typeof fromTemporaryCredentials>) => {
    const client = new ConnectCasesClient({
      endpoint: local.emulator.url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials,
    });
    return client.send(new ListDomainsCommand()).finally(() => client.destroy());
  };

  it('tells who calls', async () => {
    const { Arn, Account } = await sts.send(new GetCallerIdentityCommand());
    assert.deepEqual(
      { Arn, Account },
      { Arn: 'arn:aws:iam::123456789012:user/local', Account: '123456789012' },
    );
  });
  it('tells the account that an access key names', async () => {
    const { url } = (await localCases()).emulator;
    const credentials = { ...keys, accessKeyId: '111122223333' };
    const other = new STSClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
    const { Arn, Account } = await other.send(new GetCallerIdentityCommand());
    other.destroy();
    assert.deepEqual(
      { Arn, Account },
      { Arn: 'arn:aws:iam::111122223333:user/local', Account: '111122223333' },
    );
  });
  it('gives keys of a role, which Cases accepts until they expire', async () => {
    const assumed = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'flow', DurationSeconds: 900 }),
    );
    assert.equal(assumed.AssumedRoleUser?.Arn, 'arn:aws:sts::123456789012:assumed-role/CasesWriter/flow');
    assert.equal(assumed.Credentials?.Expiration?.getTime(), now + 900_000);
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = assumed.Credentials ?? {};
    const temporary = async () => ({
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    });
    await casesAs(temporary);
    await assert.rejects(
      casesAs(async () => ({ ...(await temporary()), sessionToken: 'other' })),
      {
        name: 'UnrecognizedClientException',
      },
    );
    now += 900_000;
    await refused(casesAs(temporary), 'ExpiredTokenException');
  });
  it('serves the credential providers for roles and for web identities', async () => {
    const clientConfig = { endpoint: local.emulator.url, region: 'us-east-1' };
    const params = { RoleArn, RoleSessionName: 'flow' };
    await casesAs(fromTemporaryCredentials({ masterCredentials: keys, params, clientConfig }));
    await casesAs(fromWebToken({ roleArn: RoleArn, webIdentityToken: 'any.jwt.token', clientConfig }));
  });
  it('refuses with the names that STS has for it', async () => {
    const role = (more: object) =>
      sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'flow', ...more }));
    await refused(role({ RoleArn: 'CasesWriter' }), 'ValidationError', /RoleArn/);
    await refused(role({ RoleSessionName: '<&>' }), 'ValidationError', /RoleSessionName/);
    await refused(role({ DurationSeconds: 60 }), 'ValidationError', /900/);
    const stranger = new STSClient({
      endpoint: local.emulator.url,
      region: 'us-east-1',
      credentials: anyCredentials,
    });
    await refused(stranger.send(new GetCallerIdentityCommand()), 'InvalidClientTokenId');
    stranger.destroy();
    const response = await raw(local, '/', 'Action=GetSessionToken');
    assert.equal(response.status, 400);
    assert.match(await response.text(), /<Code>InvalidAction<\/Code>/);
  });
});
