import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { domain } from '../../nodes/config/domain';
import { relatedItems } from '../../nodes/related-items';
import { policyFor } from '../../src/editor/form/policy';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { errorCodes } from '../../src/errors/errors';
import { configNodes, delivered, itemNodes, startFlow, stopFlow } from '../support/runtime-flow';

const root = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const locale = (base: string) => JSON.parse(read(`locales/en-US/${base}.json`));
const readme = read('README.md');

/** The text below a heading, up to the next one of its level or above. */
function section(title: string): string {
  const [, level = '', text = ''] = new RegExp(`^(#+) ${title}\\n([\\s\\S]*)`, 'm').exec(readme) ?? [];
  assert.ok(text, `README has no section "${title}"`);
  return text.split(new RegExp(`^#{1,${level.length}} `, 'm'))[0] ?? '';
}

/** The cells of a table whose first column has this title, without its head. */
function table(text: string, title: string): string[][] {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${title} |`));
  assert.ok(head >= 0, `no table "${title}"`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  return lines.slice(head + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const blocks = (text: string): string[] =>
  [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

describe('README', () => {
  it('names every node as the palette does', () => {
    const names = table(section('The nodes'), 'node').map(([name]) => name);
    assert.deepEqual(
      names.toSorted(),
      Object.values(relatedItems)
        .map(({ base }) => locale(base).label)
        .toSorted(),
    );
  });

  it('says of every error code what to do', () => {
    const named = table(section('When something is wrong'), 'code').flatMap(([code = '']) => codes(code));
    assert.deepEqual(named.toSorted(), errorCodes.toSorted());
  });

  it('says what each setting of the delivery is for, by its label and default', () => {
    const { field, option } = locale('domain');
    const settings = Object.entries(domain.properties).filter(([, { section }]) => section === 'delivery');
    const expected = settings.map(([name, { default: value }]) => [
      field[name],
      option[name]?.[String(value)] ?? String(value),
    ]);
    const rows = table(section('Delivery'), 'setting of the domain');
    assert.deepEqual(
      rows.map(([label = '', value = '']) => [label, value.replaceAll('`', '')]),
      expected,
    );
  });

  it('says what each story of the examples shows', () => {
    const stories = readdirSync(join(root, 'examples/stories')).map((file) => file.replace('.json', ''));
    const told = table(section('Examples'), 'story').map(([story]) => story);
    assert.deepEqual(told.toSorted(), stories.toSorted());
  });

  it('has the policies that the editor makes', () => {
    const [all, comments] = blocks(section('Permissions')).map((json) => JSON.parse(json));
    const actionsOf = (policy: { Statement: { Action: string | string[] }[] }) =>
      policy.Statement.flatMap(({ Action }) => Action).toSorted();
    const made = (needs: object) =>
      policyFor({
        domains: [],
        types: [],
        looksUpLostAnswers: true,
        namesUsers: false,
        ...needs,
      }) as typeof all;
    assert.deepEqual(actionsOf(all), actionsOf(made({ types: ['Contact'], namesUsers: true })));
    const [create, ...rest] = made({ types: ['Comment'] }).Statement;
    assert.deepEqual(comments.Statement[0].Condition, create.Condition);
    assert.equal(comments.Statement[0].Action, create.Action);
    for (const action of actionsOf(comments).slice(1))
      assert.ok(actionsOf({ Statement: rest }).includes(action), action);
    const explained = table(section('Permissions'), 'action').flatMap(([cell = '']) => codes(cell));
    assert.deepEqual(explained.toSorted(), [...actionsOf(all), 'sts:GetCallerIdentity'].toSorted());
  });

  describe('has a message for each node', () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await startEmulator({ port: 0 });
    });
    after(() => emulator.close());
    afterEach(stopFlow);

    const nodes = section('The nodes');
    const [payloads, relatedItem] = blocks(nodes).map((json) => JSON.parse(json));
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

describe('the documentation', () => {
  const repository: string = JSON.parse(read('package.json')).repository.url;
  const [, github = ''] = /^git\+(https:.*)\.git$/.exec(repository) ?? [];
  const raw = github.replace('//github.com', '//raw.githubusercontent.com');
  const links = (text: string) =>
    [...text.matchAll(/(!?)\[[^[\]]*\]\(([^)]+)\)/g)].map(([, image, target = '']) => ({ image, target }));

  // npmjs.com and flows.nodered.org show the README without the repository; the latter looks on a branch "master".
  it('shows its pictures and opens its files wherever the README is read', () => {
    for (const { image, target } of links(readme)) {
      const elsewhere = !image && !target.startsWith(github) && target.startsWith('https:');
      if (target.startsWith('#') || elsewhere) continue;
      const base = image ? `${raw}/HEAD/` : `${github}/blob/HEAD/`;
      assert.ok(target.startsWith(base), target);
      assert.ok(existsSync(join(root, target.slice(base.length))), target);
    }
  });

  it('names files and commands that there are', () => {
    const contributing = read('CONTRIBUTING.md');
    const paths = /^(?:src|nodes|test|examples|icons|locales|\.github|\.devcontainer)\/[\w./-]*$/;
    const named = codes(contributing.replace(/```[\s\S]*?```/g, '')).filter((code) => paths.test(code));
    assert.ok(named.length > 10);
    for (const path of named) assert.ok(existsSync(join(root, path)), path);
    for (const entry of readdirSync(join(root, 'src')))
      assert.match(contributing, new RegExp(`\\b${entry}\\b`));
    const { scripts } = JSON.parse(read('package.json'));
    for (const text of [readme, contributing])
      for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) assert.ok(scripts[script], script);
  });

  for (const path of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'])
    it(`has no dead link in ${path}`, () => {
      const text = read(path);
      const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(
        ([, title = '']) =>
          `#${title
            .toLowerCase()
            .replace(/[^\w\- ]/g, '')
            .replaceAll(' ', '-')}`,
      );
      for (const { target } of links(text)) {
        if (/^https:/.test(target)) continue;
        const [file = '', anchor] = target.split('#');
        if (file) assert.ok(existsSync(join(root, dirname(path), file)), target);
        else assert.ok(anchors.includes(`#${anchor}`), target);
      }
    });
});
