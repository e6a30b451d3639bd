import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LookUpRequest, lookUpPath } from '../../src/definition/look-up-protocol';
import { metricsPath, overviewPath } from '../../src/definition/overview/protocol';
import { demo, type Emulator, type SeenRequest, startEmulator } from '../../src/emulator';
import { operations } from '../../src/runtime/look-up/operations';
import { startSts, temporaryKeys } from './sts';
import { startWatched, type WatchedNodeRed } from './watched-node-red';

const stored = {
  accessKeyId: 'AKIASTOREDKEYABCDEF',
  secretAccessKey: 'stored-secret-Kd93',
  sessionToken: 'stored-token-Jr58',
};
const typed = {
  accessKeyId: 'AKIATYPEDKEYABCDEFG',
  secretAccessKey: 'typed-secret-Pf27',
  sessionToken: 'typed-token-Bm64',
};
const processSecret = 'process-secret-Yh42';
const proxyPassword = 'proxy-password-Qx19';
/** What must not be found anywhere. */
const secrets = [
  ...[stored, typed, temporaryKeys].flatMap(({ secretAccessKey, sessionToken }) => [
    secretAccessKey,
    sessionToken,
  ]),
  processSecret,
  proxyPassword,
];

/** Each way to get keys, and whether it works. */
const accounts = {
  good: { method: 'keys' },
  wrong: { method: 'keys' },
  role: { method: 'role', source: 'keys', roleArn: 'arn:aws:iam::123456789012:role/node-red' },
  garbled: {
    method: 'role',
    source: 'keys',
    roleArn: 'arn:aws:iam::123456789012:role/node-red',
    sessionName: 'garbled',
  },
  process: { method: 'profile', profile: 'broken' },
} as const;
type AccountName = keyof typeof accounts;
const names = Object.keys(accounts) as AccountName[];

describe('secrets', function () {
  this.timeout(60_000);
  let folder: string;
  let sts: Awaited<ReturnType<typeof startSts>>;
  let service: Emulator;
  let strict: Emulator;
  let nodeRed: WatchedNodeRed;
  const seen: SeenRequest[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connect-cases-'));
    const program = `console.error('${processSecret}');process.exit(1)`;
    await writeFile(
      join(folder, 'config'),
      `[profile broken]\ncredential_process = "${process.execPath}" -e "${program}"\n`,
    );
    sts = await startSts();
    service = await startEmulator({ quota: 'unlimited', onRequest: (request) => seen.push(request) });
    strict = await startEmulator({ quota: 'unlimited', verifySignatures: true });
    nodeRed = await startWatched({
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL_STS: sts.url,
      NO_PROXY: 'sts.us-east-1.amazonaws.com',
      HTTPS_PROXY: `http://proxy-user:${proxyPassword}@127.0.0.1:9`,
    });
    await nodeRed.deploy([
      { id: 'tab', type: 'tab', label: 'Test' },
      ...names.flatMap((name) => accountNodes(name)),
      { id: 'catch', type: 'catch', z: 'tab', x: 0, y: 0, scope: null, wires: [[]] },
    ]);
  });
  after(async () => {
    await nodeRed?.stop();
    await Promise.all([service?.close(), strict?.close(), sts?.close()]);
    await rm(folder, { recursive: true });
  });

  const endpointOf = (name: AccountName) => (name === 'wrong' ? strict : service).url;
  const domainOf = (name: AccountName) => ({
    auth: `keys-${name}`,
    region: 'us-east-1',
    domainId: demo.domainId,
    endpoint: endpointOf(name),
  });
  const accountNodes = (name: AccountName) => [
    { id: `keys-${name}`, type: 'connect-cases-credentials', ...accounts[name], credentials: stored },
    { id: `domain-${name}`, type: 'connect-cases-domain', ...domainOf(name) },
    {
      id: `item-${name}`,
      type: 'connect-cases-comment',
      z: 'tab',
      x: 0,
      y: 0,
      domain: `domain-${name}`,
      output: 'payload',
      wires: [[]],
    },
  ];
  const assertClean = (text: string, where: string) => {
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is in ${where}: ${text}`);
  };
  const assertNothingSaid = () => {
    for (const { where, text } of nodeRed.said) assertClean(text, where);
  };

  it('are used, and stay out of logs of every level, of statuses and of what Catch gets', async () => {
    for (const name of names) {
      await nodeRed.send(`item-${name}`, { caseId: demo.cases[0].id, payload: 'x' });
    }
    const tokens = new Set(seen.map(({ headers }) => headers['x-amz-security-token']));
    assert.deepEqual(tokens, new Set([stored.sessionToken, temporaryKeys.sessionToken]));
    const caught = nodeRed.said.filter(({ where }) => where === 'catch');
    assert.equal(caught.filter(({ text }) => text.includes("code: 'CREDENTIALS'")).length, 3);
    const heard = new Set(nodeRed.said.map(({ where }) => where));
    assert.deepEqual(heard, new Set(['log', 'console', 'status', 'catch']));
    assertNothingSaid();
  });

  it('are not in a flow or an export of it, whoever asks and in which form', async () => {
    for (const path of ['flows', 'flow/tab', 'flow/global']) {
      for (const as of ['owner', 'reader']) {
        const text = await (await nodeRed.ask(path, { as })).text();
        assert.match(text, /connect-cases-/);
        assertClean(text, path);
        assert.ok(!text.includes(stored.accessKeyId));
      }
    }
  });

  it('do not travel to the form: it only learns that there are some', async () => {
    for (const name of names) {
      const answer = await nodeRed.ask(`credentials/connect-cases-credentials/keys-${name}`, { as: 'owner' });
      const form = (await answer.json()) as object;
      assert.deepEqual(form, {
        accessKeyId: stored.accessKeyId,
        has_secretAccessKey: true,
        has_sessionToken: true,
      });
    }
  });

  it('are in no answer of a look-up or a connection test, stored or just typed, also when it fails', async () => {
    const account = (name: AccountName): LookUpRequest => ({
      domain: { id: `domain-${name}`, ...domainOf(name) },
      credentials: { id: `keys-${name}`, ...accounts[name] },
    });
    const good = account('good');
    const requests: LookUpRequest[] = [
      ...names.map(account),
      { ...good, credentials: { ...good.credentials, method: 'keys', secrets: typed } },
      { domain: { ...good.domain, endpoint: strict.url }, credentials: { method: 'keys', secrets: typed } },
      { domain: { ...good.domain, endpoint: strict.url }, credentials: good.credentials ?? {} },
      { domain: { ...good.domain, endpoint: '' }, credentials: { method: 'keys', secrets: typed } },
      { domain: { ...good.domain, endpoint: '' }, credentials: { method: 'nonsense', secrets: typed } },
    ];
    const answers = await Promise.all(
      [...Object.keys(operations), 'test', 'unknown'].flatMap((name) =>
        requests.map(async (body) => {
          const answer = await nodeRed.ask(`${lookUpPath}/${name}`, { as: 'owner', method: 'POST', body });
          return { status: answer.status, text: await answer.text() };
        }),
      ),
    );
    assert.ok(answers.some(({ text }) => text.startsWith('{"found":')));
    assert.ok(answers.some(({ text }) => text.startsWith('{"reason":')));
    assert.ok(answers.some(({ status }) => status === 400));
    for (const { text } of answers) assertClean(text, 'an answer');
    assertNothingSaid();
  });

  it('are in nothing that the sidebar and the metrics tell, sensitive parts included', async () => {
    const told = async (path: string, body?: object): Promise<string> => {
      const answer = await nodeRed.ask(path, { as: 'owner', ...(body && { method: 'POST', body }) });
      assert.equal(answer.status, 200, path);
      return answer.text();
    };
    const failures = await told(`${overviewPath}/failures`, { plain: true });
    const { found } = JSON.parse(failures) as { found: { entries: { id: string }[] } };
    assert.ok(found.entries.length >= 3);
    const all = await Promise.all([
      ...found.entries.map(({ id }) => told(`${overviewPath}/message`, { id, plain: true })),
      ...names.map((name) => told(`${overviewPath}/waiting`, { domain: `domain-${name}`, plain: true })),
      told(`${overviewPath}/figures`, {}),
      told(metricsPath),
    ]);
    for (const text of [failures, ...all]) assertClean(text, 'an answer');
  });

  it('are in no error of an admin route', async () => {
    const broken = await fetch(`${nodeRed.url}${lookUpPath}/domains`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"credentials":{"secrets":{"secretAccessKey":"${typed.secretAccessKey}"`,
    });
    assert.ok(broken.status >= 400);
    assertClean(await broken.text(), 'an answer');
    assertNothingSaid();
  });

  it('are encrypted where Node-RED keeps them, and in no other file', async () => {
    const kept = await readFile(join(nodeRed.userDir, 'flows_cred.json'), 'utf8');
    assert.deepEqual(Object.keys(JSON.parse(kept) as object), ['$']);
    const files = (await readdir(nodeRed.userDir, { withFileTypes: true })).filter((file) => file.isFile());
    for (const { name } of files) {
      assertClean(await readFile(join(nodeRed.userDir, name), 'utf8'), name);
    }
  });
});
