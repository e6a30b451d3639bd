import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { setEnvironment } from '../support/environment';
import { configNodes, delivered, itemNodes, refused, startFlow, stopFlow } from '../support/runtime-flow';

const keys = { accessKeyId: 'AKIALOCALKEY', secretAccessKey: 'local-secret' };
const caseId = demo.cases[0].id;
const roleArn = 'arn:aws:iam::123456789012:role/node-red';

describe('credentials, against a service that verifies each signature', () => {
  let service: Emulator;
  let folder: string;
  let restore: () => void;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connect-cases-'));
    service = await startEmulator({
      port: 0,
      quota: 'unlimited',
      verifySignatures: true,
      credentials: keys,
    });
    const profile = `[factory]\naws_access_key_id=${keys.accessKeyId}\naws_secret_access_key=${keys.secretAccessKey}\n`;
    await writeFile(join(folder, 'credentials'), profile);
    await writeFile(join(folder, 'token'), 'web-identity-token');
    restore = setEnvironment({
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL_STS: service.url,
    });
  });
  afterEach(stopFlow);
  after(async () => {
    restore();
    await service.close();
    await rm(folder, { recursive: true });
  });

  const flow = (credentials: object) => [
    ...configNodes(service.url, { region: 'us-east-1', domainId: demo.domainId }, credentials),
    ...itemNodes('comment'),
  ];
  const works = async (credentials: object, secrets: object = {}) => {
    await startFlow(flow(credentials), { credentials: secrets });
    const out = await delivered({ caseId, payload: 'signed' });
    assert.match(String(out.payload), /^arn:aws:cases:us-east-1:123456789012:domain\/.+\/related-item\/.+/);
  };
  const fails = async (credentials: object, secrets: object = {}) => {
    await startFlow(flow(credentials), { credentials: secrets });
    const error = await refused({ caseId, payload: 'not signed' });
    assert.deepEqual([error.code, error.created], ['CREDENTIALS', 'no']);
    return String(error.message);
  };

  it('are access keys', () => works({ method: 'keys' }, keys));
  it('are a profile of the shared files', () => works({ method: 'profile', profile: 'factory' }));
  it('are what the SDK finds, where that is chosen', async () => {
    const undo = setEnvironment({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    });
    await works({ method: 'default' }).finally(undo);
  });
  it('are a role that the keys may assume', () =>
    works(
      {
        method: 'role',
        source: 'keys',
        roleArn,
        externalId: 'site-7',
        sessionName: 'press',
        durationSeconds: 900,
      },
      keys,
    ));
  it('are a role that a profile may assume', () =>
    works({ method: 'role', source: 'profile', profile: 'factory', roleArn }));
  it('are a web identity', () => works({ method: 'webIdentity', roleArn, tokenFile: join(folder, 'token') }));

  it('are refused where a secret is blank, and nothing of the environment is used instead', async () => {
    const undo = setEnvironment({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    });
    assert.match(
      await fails({ method: 'keys' }, { accessKeyId: keys.accessKeyId }).finally(undo),
      /secret access key is blank/,
    );
  });
  it('are refused where the profile does not exist', async () => {
    assert.match(await fails({ method: 'profile', profile: 'nobody' }), /nobody/);
  });
  it('are refused where the token file can not be read', async () => {
    assert.match(
      await fails({ method: 'webIdentity', roleArn, tokenFile: join(folder, 'none') }),
      /token file .* can't be read/,
    );
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a place-holder of Node-RED.
  const unset = '${NOT_SET_ANYWHERE}';
  it('are refused where the variable of a secret is not set, by its name', async () => {
    for (const name of ['accessKeyId', 'secretAccessKey', 'sessionToken']) {
      await startFlow(flow({ method: 'keys' }), { credentials: { ...keys, [name]: unset } });
      const { code, message } = await refused({ caseId, payload: 'not signed' });
      assert.deepEqual([code, /variable NOT_SET_ANYWHERE/.test(String(message))], ['NOT_CONFIGURED', true]);
      await stopFlow();
    }
  });
  it('are refused where a role would last a text, or longer than AWS allows', async () => {
    for (const durationSeconds of ['an hour', 100_000]) {
      await startFlow(flow({ method: 'role', source: 'keys', roleArn, durationSeconds }), {
        credentials: keys,
      });
      const { code, message } = await refused({ caseId, payload: 'not signed' });
      assert.deepEqual([code, /from 900 to 43200/.test(String(message))], ['NOT_CONFIGURED', true]);
      await stopFlow();
    }
  });
  it('are refused where the service does not know the secret, without naming it', async () => {
    const message = await fails({ method: 'keys' }, { ...keys, secretAccessKey: 'wrong-secret' });
    assert.ok(!message.includes('wrong-secret'));
  });
});
