import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { type CasesServer, json, startCasesServer } from '../support/cases-server';
import { setEnvironment } from '../support/environment';
import { freePort } from '../support/node-red';
import {
  configNodes,
  delivered,
  itemNodes,
  refused,
  send,
  startFlow,
  statusShown,
  stopFlow,
} from '../support/runtime-flow';

const keys = { accessKeyId: 'AKIALOCALKEY', secretAccessKey: 'local-secret' };
const caseId = demo.cases[0].id;
const roleArn = 'arn:aws:iam::123456789012:role/node-red';
const profileText = (sessionToken?: string, { accessKeyId, secretAccessKey } = keys, name = 'default') =>
  `[${name}]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n` +
  (sessionToken ? `aws_session_token=${sessionToken}\n` : '');

describe('keys that change, or can not be had yet', () => {
  let folder: string;
  let file: string;
  let restore: () => void;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connect-cases-'));
    file = join(folder, 'credentials');
    restore = setEnvironment({
      HOME: folder,
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_PROFILE: undefined,
    });
  });
  afterEach(async () => {
    await stopFlow();
    restore();
    await rm(folder, { recursive: true });
  });
  const start = (url: string, credentials: object, domain: object = {}) =>
    startFlow(
      [
        ...configNodes(
          url,
          { region: 'us-east-1', domainId: demo.domainId, timeoutSeconds: 1, ...domain },
          credentials,
        ),
        ...itemNodes('comment'),
      ],
      { credentials: keys },
    );

  describe('in the shared files', () => {
    let server: CasesServer;
    /** What the service knows; everything else is refused as `refusal` says. */
    let token = 'first';
    let refusal = 'ExpiredTokenException';
    beforeEach(async () => {
      server = await startCasesServer();
      const { answer } = server;
      server.answer = (request, response) =>
        request.headers['x-amz-security-token'] === token
          ? answer(request, response)
          : json(response, 403, { message: 'no' }, refusal);
    });
    afterEach(() => server.close());

    for (const [method, properties] of [
      ['profile', { method: 'profile', profile: 'default' }],
      ['what the SDK finds', { method: 'default' }],
    ] as const) {
      for (const name of ['ExpiredTokenException', 'UnrecognizedClientException'])
        it(`are read again when another program has renewed them (${method}, ${name})`, async () => {
          [token, refusal] = ['first', name];
          await writeFile(file, profileText('first'));
          await start(server.url, properties);
          await delivered({ caseId, payload: 'with the first' });
          token = 'second';
          await writeFile(file, profileText('second'));
          await delivered({ caseId, payload: 'with the second' });
          assert.equal(server.seen.length, 3);
        });

      it(`are found when they are written after the first try (${method})`, async () => {
        token = 'first';
        await start(server.url, properties);
        assert.equal((await refused({ caseId, payload: 'too early' })).code, 'CREDENTIALS');
        await writeFile(file, profileText('first'));
        await delivered({ caseId, payload: 'now' });
      });
    }

    for (const [method, properties] of [
      ['profile', { method: 'profile', profile: 'helped' }],
      ['what the SDK finds', { method: 'default' }],
    ] as const) {
      it(`are asked for anew where the program that gives them hangs (${method})`, async () => {
        token = 'first';
        const output = JSON.stringify({
          Version: 1,
          AccessKeyId: keys.accessKeyId,
          SecretAccessKey: keys.secretAccessKey,
          SessionToken: token,
        });
        await writeFile(join(folder, 'keys.json'), output);
        // The first time it would take longer than anybody waits.
        const script = `mkdir ${folder}/asked 2>/dev/null && exec sleep 60; cat ${folder}/keys.json`;
        await writeFile(join(folder, 'helper.sh'), script);
        const helped = `credential_process = sh ${folder}/helper.sh\n`;
        await writeFile(join(folder, 'config'), `[default]\n${helped}[profile helped]\n${helped}`);
        // What is answered later than that, on a slow machine, is sent again.
        await start(server.url, properties, { timeoutSeconds: 0.1, ambiguous: 'resend' });
        assert.equal((await refused({ caseId, payload: 'first' })).code, 'CREDENTIALS');
        while ((await send({ caseId, payload: 'again' })).caught);
        const bodies = server.seen.map(({ body }) => JSON.stringify(body));
        assert.ok(bodies.every((body) => body.includes('again')));
      });
    }

    it('are refused at once where they are still the same', async () => {
      [token, refusal] = ['second', 'UnrecognizedClientException'];
      await writeFile(file, profileText('first'));
      await start(server.url, { method: 'profile', profile: 'default' });
      assert.equal((await refused({ caseId, payload: 'x' })).code, 'CREDENTIALS');
      assert.equal(server.seen.length, 1);
    });
  });

  describe('whose service can not be reached', () => {
    let cases: Emulator;
    const stopped: Server[] = [];
    beforeEach(async () => {
      cases = await startEmulator({ quota: 'unlimited' });
    });
    afterEach(async () => {
      for (const server of stopped.splice(0)) {
        server.closeAllConnections();
        server.close();
      }
      await cases.close();
    });
    /** A port of loopback at which nobody listens, until `listen` is called. */
    const quietPort = async () => {
      const port = await freePort();
      return {
        url: `http://127.0.0.1:${port}`,
        listen: (answer: (url: string) => { body: string; type?: string }) => {
          const server = createServer((request, response) => {
            const { body, type = 'application/json' } = answer(String(request.url));
            response.writeHead(200, { 'content-type': type }).end(body);
          }).listen(port, '127.0.0.1');
          stopped.push(server);
          return new Promise((listening) => server.once('listening', listening));
        },
      };
    };
    const temporary = {
      AccessKeyId: 'ASIATEMPORARY',
      SecretAccessKey: 'temporary',
      Token: 'token',
      Expiration: '2099-01-01T00:00:00Z',
    };
    const assumedRole =
      '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>' +
      '<AccessKeyId>ASIATEMPORARY</AccessKeyId><SecretAccessKey>temporary</SecretAccessKey>' +
      '<SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>' +
      '</Credentials></AssumeRoleResult></AssumeRoleResponse>';
    const sts = () => ({ body: assumedRole, type: 'text/xml' });

    /** Each service that gives keys: what makes it be asked, and what it answers. */
    const services: Readonly<
      Record<
        string,
        {
          credentials: object;
          environment: (url: string) => Record<string, string | undefined>;
          prepare?: () => Promise<void>;
          answer: (url: string) => { body: string; type?: string };
        }
      >
    > = {
      'STS, for a role': {
        credentials: { method: 'role', source: 'keys', roleArn },
        environment: (url) => ({ AWS_ENDPOINT_URL_STS: url }),
        answer: sts,
      },
      'STS, for a role of a profile': {
        credentials: { method: 'profile', profile: 'worker' },
        environment: (url) => ({ AWS_ENDPOINT_URL_STS: url }),
        prepare: () =>
          writeFile(
            join(folder, 'config'),
            `${profileText()}[profile worker]\nrole_arn=${roleArn}\nsource_profile=default\n`,
          ),
        answer: sts,
      },
      'the metadata service of a container': {
        credentials: { method: 'default' },
        environment: (url) => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/keys` }),
        answer: () => ({ body: JSON.stringify(temporary) }),
      },
      'the metadata service of a machine': {
        credentials: { method: 'default' },
        environment: (url) => ({
          AWS_EC2_METADATA_DISABLED: undefined,
          AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
        }),
        answer: (url) => ({
          body: url.endsWith('/security-credentials/')
            ? 'worker'
            : url.endsWith('/api/token')
              ? 'metadata-token'
              : JSON.stringify({ Code: 'Success', ...temporary }),
        }),
      },
      'the portal of SSO': {
        credentials: { method: 'profile', profile: 'staff' },
        environment: (url) => ({ AWS_ENDPOINT_URL_SSO: url }),
        prepare: async () => {
          const startUrl = 'https://staff.awsapps.example/start';
          await writeFile(
            join(folder, 'config'),
            `[profile staff]\nsso_start_url=${startUrl}\nsso_region=us-east-1\nsso_account_id=123456789012\nsso_role_name=cases\n`,
          );
          const cache = join(folder, '.aws', 'sso', 'cache');
          await mkdir(cache, { recursive: true });
          await writeFile(
            join(cache, `${createHash('sha1').update(startUrl).digest('hex')}.json`),
            JSON.stringify({ accessToken: 'a', expiresAt: '2099-01-01T00:00:00Z' }),
          );
        },
        answer: () => ({
          body: JSON.stringify({
            roleCredentials: {
              accessKeyId: 'ASIATEMPORARY',
              secretAccessKey: 'temporary',
              sessionToken: 'token',
              expiration: 4_070_908_800_000,
            },
          }),
        }),
      },
    };
    for (const [name, { credentials, environment, prepare, answer }] of Object.entries(services))
      it(`wait, as without a network: ${name}`, async () => {
        const port = await quietPort();
        const undo = setEnvironment(environment(port.url));
        try {
          await prepare?.();
          await start(cases.url, credentials);
          const offline = statusShown('item', ({ text }) => String(text).includes('offline'));
          const end = send({ caseId, payload: 'patient' });
          await offline;
          await port.listen(answer);
          assert.ok((await end).out);
        } finally {
          undo();
        }
      });

    it('wait where it is the metadata service of a machine that has IPv6 alone', async () => {
      const undo = setEnvironment({
        AWS_EC2_METADATA_DISABLED: undefined,
        AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6',
      });
      try {
        await start(cases.url, { method: 'default' }, { deadlineSeconds: 1 });
        const { code, created } = await refused({ caseId, payload: 'patient' });
        assert.deepEqual([code, created], ['EXPIRED', 'no']);
      } finally {
        undo();
      }
    });

    it('wait where it takes the connection and says nothing', async () => {
      let answering = false;
      const silent = createServer((_request, response) => {
        if (answering) response.writeHead(200, { 'content-type': 'text/xml' }).end(assumedRole);
      }).listen(0, '127.0.0.1');
      stopped.push(silent);
      await new Promise((listening) => silent.once('listening', listening));
      const undo = setEnvironment({
        AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      });
      try {
        await start(cases.url, { method: 'role', source: 'keys', roleArn });
        const offline = statusShown('item', ({ text }) => String(text).includes('offline'));
        const end = send({ caseId, payload: 'patient' });
        await offline;
        answering = true;
        assert.ok((await end).out);
      } finally {
        undo();
      }
    });

    it('are refused where nothing on this machine gives keys', async () => {
      await start(cases.url, { method: 'default' });
      assert.equal((await refused({ caseId, payload: 'x' })).code, 'CREDENTIALS');
    });

    it('are refused, by name, where the variable of its endpoint is no address', async () => {
      const undo = setEnvironment({ AWS_ENDPOINT_URL_STS: '127.0.0.1:4510' });
      await start(cases.url, { method: 'role', source: 'keys', roleArn });
      const { code, message } = await refused({ caseId, payload: 'x' });
      undo();
      assert.equal(code, 'NOT_CONFIGURED');
      assert.match(String(message), /AWS_ENDPOINT_URL_STS/);
    });
  });
});
