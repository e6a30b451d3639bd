import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { caseActions as caseNodes } from '../../nodes/cases';
import { domain } from '../../nodes/config/domain';
import { palette } from '../../nodes/palette';
import { relatedItems } from '../../nodes/related-items';
import { permissionsOf } from '../../src/definition/action';
import { storedDefaults } from '../../src/definition/stored-config';
import { policyFor } from '../../src/editor/form/policy';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { type ErrorReport, errorCodes } from '../../src/errors/errors';
import { fill } from '../../src/errors/messages';
import { configNodes, delivered, itemNodes, startFlow, stopFlow } from '../support/runtime-flow';
import { blocks, codes, docs, read, root, section, table } from './pages';

const locale = (base: string) => JSON.parse(read(`locales/en-US/${base}.json`));

describe('README', () => {
  it('can be read in a few minutes', () => {
    const words = read('README.md')
      .split(/\s+/)
      .filter((word) => /\w/.test(word));
    assert.ok(words.length < 1_200, `${words.length} words`);
  });

  it('leads to each page of docs/', () => {
    for (const path of docs) assert.ok(read('README.md').includes(`/HEAD/${path})`), path);
  });

  it('names every node as the palette does', () => {
    const nodes = section('README.md', 'The nodes');
    const names = [...table(nodes, 'node of a case'), ...table(nodes, 'node')].map(([name]) => name);
    assert.deepEqual(
      names,
      palette.map(({ base }) => locale(base).label),
    );
  });

  it('says of every error code what to do', () => {
    const named = table(section('README.md', 'When something is wrong'), 'code').flatMap(([code = '']) =>
      codes(code),
    );
    assert.deepEqual(named.toSorted(), errorCodes.toSorted());
  });

  it('says every property of an error', () => {
    const properties = {
      ...{ code: true, message: true, operation: true, retryable: true, created: true },
      ...{ field: true, httpStatus: true, requestId: true, resourceId: true, resourceType: true },
    } satisfies Record<keyof ErrorReport, true>;
    const named = codes(section('docs/messages.md', 'What an error holds'));
    for (const property of Object.keys(properties)) assert.ok(named.includes(property), property);
  });

  it('says what stands below a node as the editor does', () => {
    const { status } = locale('common');
    const given = { count: '12', code: 'TIMEOUT', item: 'comment', time: '14:05' };
    const told = section('docs/messages.md', 'What comes out');
    for (const key of ['sending', 'waiting', 'throttled', 'offline', 'failing', 'done', 'ACCESS_DENIED'])
      assert.ok(told.includes(`*${fill(status[key], given)}*`), status[key]);
  });

  it('says what each setting of the delivery is for, by its label and default', () => {
    const { field, option } = locale('domain');
    const settings = Object.keys(domain.fields).filter((name) => domain.fields[name]?.section === 'delivery');
    const defaults = storedDefaults(domain.fields);
    const expected = settings.map((name) => [
      field[name],
      option[name]?.[String(defaults[name])] ?? String(defaults[name]),
    ]);
    const rows = table(section('docs/delivery.md', 'Delivery'), 'setting of the domain');
    assert.deepEqual(
      rows.map(([label = '', value = '']) => [label, value.replaceAll('`', '')]),
      expected,
    );
  });

  it('says what each story of the examples shows', () => {
    const stories = readdirSync(join(root, 'examples/stories')).map((file) => file.replace('.json', ''));
    const told = table(section('docs/examples.md', 'Examples'), 'story').map(([story]) => story);
    assert.deepEqual(told.toSorted(), stories.toSorted());
  });

  it('has the policies that the editor makes', () => {
    const [all, comments] = blocks(section('docs/iam.md', 'IAM')).map((json) => JSON.parse(json));
    const actionsOf = (policy: { Statement: { Action: string | string[] }[] }) =>
      policy.Statement.flatMap(({ Action }) => Action).toSorted();
    const made = (needs: object) =>
      policyFor({
        domains: [],
        types: [],
        looksItemsUp: true,
        namesUsers: false,
        ...needs,
      }) as typeof all;
    const caseActions = Object.values(caseNodes).flatMap((action) =>
      permissionsOf(action, {
        ...storedDefaults(action.fields),
        customer: 'any',
        relatedItems: ['Comment'],
      }),
    );
    const needs = { types: ['Contact'], namesUsers: true, caseActions };
    assert.deepEqual(actionsOf(all), [...new Set(actionsOf(made(needs)))]);
    const [create, ...rest] = made({ types: ['Comment'] }).Statement;
    assert.deepEqual(comments.Statement[0].Condition, create.Condition);
    assert.equal(comments.Statement[0].Action, create.Action);
    for (const action of actionsOf(comments).slice(1))
      assert.ok(actionsOf({ Statement: rest }).includes(action), action);
    const explained = table(section('docs/iam.md', 'IAM'), 'action').flatMap(([cell = '']) => codes(cell));
    assert.deepEqual(explained.toSorted(), [...actionsOf(all), 'sts:GetCallerIdentity'].toSorted());
  });

  describe('has a message for each node', () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await startEmulator({ port: 0 });
    });
    after(() => emulator.close());
    afterEach(stopFlow);

    const nodes = section('README.md', 'The nodes');
    const [payloads, relatedItem] = blocks(section('docs/messages.md', 'Messages')).map((json) =>
      JSON.parse(json),
    );
    const deliverAs = async (name: string) => {
      const { base = '' } =
        Object.values(relatedItems).find((item) => locale(item.base).label === name) ?? {};
      const location = { region: 'us-east-1', domainId: demo.domainId };
      await startFlow([...configNodes(emulator.url, location), ...itemNodes(base)]);
      return delivered({ caseId: demo.cases[0].id, payload: payloads[name] });
    };
    for (const [name = ''] of table(nodes, 'node')) {
      it(`that ${name} makes an item of`, async () => {
        const { payload } = await deliverAs(name);
        assert.match(String(payload), /^arn:aws:cases:us-east-1:.*\/related-item\//);
      });
    }

    it('and shows what comes out', async () => {
      const message = await deliverAs('create comment');
      assert.deepEqual(Object.keys(relatedItem), Object.keys(message.relatedItem as object));
    });
  });
});
