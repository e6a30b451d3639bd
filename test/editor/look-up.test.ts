import assert from 'node:assert/strict';
import { type ConnectionTest, type LookUpRequest, lookUpPath } from '../../src/definition/look-up-protocol';
import { demo, type Emulator, exampleKeys, type SeenRequest, startEmulator } from '../../src/emulator';
import type { Field } from '../../src/emulator/state/state';
import { configNodes, keys } from '../support/deployed-flow';
import { login, users } from '../support/login';
import { readAnswer } from '../support/look-up-answer';
import { type NodeRed, startNodeRed } from '../support/node-red';

describe('look-ups through the admin route', function () {
  this.timeout(180_000);
  let emulator: Emulator;
  let elsewhere: Emulator;
  let nodeRed: NodeRed;
  const seen: SeenRequest[] = [];
  const seenElsewhere: SeenRequest[] = [];
  let tokens: Record<string, string>;

  before(async () => {
    emulator = await startEmulator({ onRequest: (request) => seen.push(request) });
    elsewhere = await startEmulator({ onRequest: (request) => seenElsewhere.push(request) });
    nodeRed = await startNodeRed(
      { httpAdminRoot: '/admin', adminAuth: users },
      {
        CASES_SECRET: 'from-outside',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_SHARED_CREDENTIALS_FILE: '/none',
        AWS_CONFIG_FILE: '/none',
      },
    );
    tokens = await login(nodeRed.url);
    const deployed = await post('flows', configNodes(emulator.url, demo), 'owner');
    assert.equal(deployed.status, 204);
  });
  after(async () => {
    await nodeRed?.stop();
    await emulator?.close();
    await elsewhere?.close();
  });

  const post = (path: string, body: unknown, username?: string): Promise<Response> =>
    fetch(`${nodeRed.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(username && { authorization: `Bearer ${tokens[username]}` }),
      },
      body: JSON.stringify(body),
    });
  const ask = (name: string, request: object, username?: string) =>
    post(`${lookUpPath}/${name}`, request, username);

  /** The account as a form sends it right after a deploy. */
  const deployedAccount = (): LookUpRequest => ({
    domain: {
      id: 'local-domain',
      auth: 'local-keys',
      region: 'us-east-1',
      endpoint: emulator.url,
      domainId: demo.domainId,
    },
    credentials: { id: 'local-keys', method: 'keys' },
  });
  const typedElsewhere = (secrets = {}): LookUpRequest => {
    const { domain, credentials } = deployedAccount();
    return {
      domain: { ...domain, endpoint: elsewhere.url },
      credentials: { ...credentials, secrets },
    };
  };

  it('are refused without a login, and to who may only read', async () => {
    assert.equal((await ask('domains', deployedAccount())).status, 401);
    assert.equal((await ask('domains', deployedAccount(), 'reader')).status, 401);
    assert.equal(seen.length, 0);
  });

  it('give names for what is deployed, without a secret in the answer', async () => {
    const answer = await ask('domains', deployedAccount(), 'picker');
    const text = await answer.text();
    assert.deepEqual(JSON.parse(text), { found: [{ id: demo.domainId, name: 'demo' }] });
    assert.doesNotMatch(text, new RegExp(`${keys.accessKeyId}|${keys.secretAccessKey}`));
  });

  it('ask the service once for what was just asked', async () => {
    const before = seen.length;
    await ask('domains', deployedAccount(), 'picker');
    assert.equal(seen.length, before);
  });

  it('name a case whose id was saved', async () => {
    const { id, title } = demo.cases[1];
    const answer = await ask('case', { ...deployedAccount(), caseId: id }, 'picker');
    assert.deepEqual(await answer.json(), { found: [{ id, name: title }] });
  });

  it('read lists to their last page', async () => {
    const fields = emulator.service.domain.fields as Map<string, Field>;
    const extra = Array.from({ length: 120 }, (_, index) => `extra-${index}`);
    const setUp = { createdAt: 0, modifiedAt: 0, tags: {}, type: 'Text', namespace: 'Custom' } as const;
    for (const id of extra) fields.set(id, { id, name: id, ...setUp });
    try {
      const before = seen.length;
      const answer = await ask('fields', deployedAccount(), 'picker');
      const { found } = (await answer.json()) as { found: { id: string }[] };
      assert.deepEqual(
        extra.filter((id) => !found.some((field) => field.id === id)),
        [],
      );
      assert.equal(seen.length - before, 2);
    } finally {
      for (const id of extra) fields.delete(id);
    }
  });

  it('find cases by title, fields with their types, and the options that can be chosen', async () => {
    const cases = await (await ask('cases', { ...deployedAccount(), search: 'pump' }, 'picker')).json();
    assert.deepEqual(cases, { found: [{ id: demo.cases[1].id, name: demo.cases[1].title }] });
    const fields = (await (await ask('fields', deployedAccount(), 'picker')).json()) as {
      found: { id: string; type: string }[];
    };
    assert.equal(fields.found.find(({ id }) => id === demo.fields.temperature)?.type, 'Number');
    const options = { ...deployedAccount(), fieldId: demo.fields.severity };
    assert.deepEqual(await (await ask('options', options, 'picker')).json(), {
      found: [
        { id: 'low', name: 'Low' },
        { id: 'high', name: 'High' },
      ],
    });
  });

  it('use what is not deployed only for who may deploy', async () => {
    const typed = typedElsewhere(exampleKeys);
    assert.equal((await ask('domains', typed, 'picker')).status, 401);
    assert.equal(seenElsewhere.length, 0);
    const answer = await ask('domains', typed, 'owner');
    assert.deepEqual(await answer.json(), { found: [{ id: demo.domainId, name: 'demo' }] });
  });

  it('never take a stored secret to an endpoint that was not deployed with it', async () => {
    const before = seenElsewhere.length;
    for (const request of [
      typedElsewhere(),
      typedElsewhere({ accessKeyId: 'AKIAOTHER' }),
      { ...typedElsewhere(), credentials: { id: 'local-keys', method: 'default' } },
    ]) {
      const answer = await readAnswer(await ask('domains', request, 'owner'));
      assert.match(answer.problem ?? '', /were not deployed with this endpoint/);
    }
    assert.equal(seenElsewhere.length, before);
  });

  describe('a connection test', () => {
    const test = async (request: LookUpRequest): Promise<ConnectionTest> => {
      const answer = (await (await ask('test', request, 'owner')).json()) as { found: ConnectionTest };
      return answer.found;
    };
    const outcomes = ({ findings }: ConnectionTest) =>
      Object.fromEntries(findings.flatMap(({ actions, outcome }) => actions.map((name) => [name, outcome])));
    /** Keys that were just typed, for a service that was not deployed. */
    const typedFor = (url: string, secrets = exampleKeys): LookUpRequest => {
      const { domain, credentials } = deployedAccount();
      return { domain: { ...domain, endpoint: url }, credentials: { ...credentials, secrets } };
    };

    it('tries what the nodes of the flow need, and makes nothing', async () => {
      const needs = {
        operations: ['CreateCase', 'UpdateCase', 'SearchRelatedItems'],
        types: ['Comment', 'Contact', 'File', 'Sla', 'ConnectCase', 'Custom'],
      };
      const cases = emulator.service.state.cases.size;
      const found = await test({ ...deployedAccount(), needs });
      assert.equal(found.verdict, 'ready');
      for (const name of [
        ...needs.types.map((type) => `CreateRelatedItem (${type})`),
        ...['SearchRelatedItems', 'GetCase', 'UpdateCase', 'CreateCase'],
      ])
        assert.equal(outcomes(found)[`cases:${name}`], 'allowed', name);
      assert.equal(emulator.service.state.cases.size, cases);
    });

    it('says that keys are not accepted, once', async () => {
      const strict = await startEmulator({ verifySignatures: true });
      const wrong = { accessKeyId: 'AKIAWRONG', secretAccessKey: 'wrong' };
      const found = await test(typedFor(strict.url, wrong));
      await strict.close();
      assert.equal(found.verdict, 'keysRefused');
      assert.equal(found.findings.length, 1);
    });

    it('says that the service can not be reached, once', async () => {
      const gone = await startEmulator();
      await gone.close();
      const found = await test(typedFor(gone.url));
      assert.equal(found.verdict, 'unreachable');
      assert.equal(found.findings.length, 1);
    });

    it('says that the domain does not exist', async () => {
      const { domain, credentials } = deployedAccount();
      const found = await test({
        domain: { ...domain, domainId: 'no-such-domain' },
        credentials: credentials ?? {},
      });
      assert.equal(found.verdict, 'noDomain');
    });

    it('works with a clock that is an hour off', async () => {
      const ahead = await startEmulator({
        verifySignatures: true,
        credentials: exampleKeys,
        now: () => Date.now() + 3_600_000,
      });
      const found = await test(typedFor(ahead.url));
      await ahead.close();
      assert.equal(found.verdict, 'ready');
    });
  });

  it('take access keys from variables, as deliveries do, and name a variable that is not set', async () => {
    const strict = await startEmulator({
      verifySignatures: true,
      credentials: { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'from-outside' },
    });
    const withSecret = (secretAccessKey: string): LookUpRequest => {
      const { domain, credentials } = deployedAccount();
      const secrets = { accessKeyId: 'AKIAOUTSIDE', secretAccessKey };
      return { domain: { ...domain, endpoint: strict.url }, credentials: { ...credentials, secrets } };
    };
    const placeholder = (name: string) => ['$', '{', name, '}'].join('');
    try {
      const found = await ask('domains', withSecret(placeholder('CASES_SECRET')), 'owner');
      assert.deepEqual(await found.json(), { found: [{ id: demo.domainId, name: 'demo' }] });
      const unset = await ask('domains', withSecret(placeholder('CASES_NOT_SET')), 'owner');
      assert.match((await readAnswer(unset)).problem ?? '', /variable CASES_NOT_SET/);
    } finally {
      await strict.close();
    }
  });

  it('say which profile there is none of, in every picker', async () => {
    const { domain } = deployedAccount();
    const credentials = { id: 'local-keys', method: 'profile', profile: 'nobody' };
    for (const name of ['domains', 'fields', 'options', 'cases', 'case', 'templates']) {
      const answer = await readAnswer(await ask(name, { domain, credentials }, 'owner'));
      assert.match(answer.problem ?? '', /^There are no usable credentials: .*nobody/, name);
    }
  });

  it('say that there are no keys at all', async () => {
    const { domain } = deployedAccount();
    const asked = { domain, credentials: { id: 'local-keys', method: 'default' } };
    const answer = await readAnswer(await ask('domains', asked, 'owner'));
    assert.match(answer.problem ?? '', /none were found in environment variables, the shared AWS files/);
  });

  it('refuse a region that would change the address', async () => {
    const { domain, credentials } = deployedAccount();
    const request = { domain: { ...domain, endpoint: '', region: 'x.example/#' }, credentials };
    const answer = await readAnswer(await ask('domains', request, 'owner'));
    assert.match(answer.problem ?? '', /region/);
  });

  it('refuse what no form of ours sends', async () => {
    for (const body of [
      {},
      { domain: [] },
      { domain: { region: { a: 1 } } },
      { ...deployedAccount(), search: 1 },
      { ...deployedAccount(), caseId: {} },
    ]) {
      assert.equal((await ask('domains', body, 'owner')).status, 400);
    }
    assert.equal((await ask('constructor', deployedAccount(), 'owner')).status, 400);
  });
});
