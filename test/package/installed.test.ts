import assert from 'node:assert/strict';
import { exec, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ConnectCasesClient, ListDomainsCommand } from '@aws-sdk/client-connectcases';
import { caseActions } from '../../nodes/cases';
import packageJson from '../../package.json';
import { nodeType, sharedBase } from '../../src/definition/node-type';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import type { SeenRequest } from '../../src/emulator/api';
import { openDebugSidebar } from '../support/debug-sidebar';
import { deploy } from '../support/deployed-flow';
import { type Example, type ExampleNode, environment, examples } from '../support/examples';
import { anyCredentials } from '../support/local-cases';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { installPacked } from '../support/pack';

const root = resolve(__dirname, '../..');
const run = promisify(exec);
const { name: module, version } = packageJson;
const bases = Object.keys(packageJson['node-red'].nodes);

interface NodeSet {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  readonly types: readonly string[];
  readonly enabled: boolean;
  readonly err?: string;
}
/** A folder of the menu Import → Examples: names of folders, and files. */
type MenuEntry = string | { readonly fn: string };

describe('the packed package, installed into a bare user directory without a network', function () {
  this.timeout(60_000);
  /** Tells of each request that the service has answered. */
  const asked = new EventEmitter<{ one: [SeenRequest] }>();
  let emulator: Emulator;
  let nodeRed: NodeRed;
  let installed: string;
  let modules: string;

  before(async () => {
    emulator = await startEmulator({
      quota: 'unlimited',
      onRequest: (request) => asked.emit('one', request),
    });
    nodeRed = await startNodeRed({}, environment(emulator.url), async (userDir) => {
      installed = await installPacked(userDir);
      modules = join(userDir, 'node_modules');
    });
  });
  after(async () => {
    await nodeRed?.stop();
    await emulator?.close();
  });

  const get = async (path: string, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await fetch(`${nodeRed.url}${path}`, { headers });
    assert.equal(answer.status, 200, path);
    return answer.text();
  };

  it('brings no other package', () => {
    const folders = readdirSync(modules).filter((name) => !name.startsWith('.'));
    assert.deepEqual(
      folders.flatMap((scope) => readdirSync(join(modules, scope)).map((name) => `${scope}/${name}`)),
      [module],
    );
  });

  it('has all its types loaded', async () => {
    const sets: NodeSet[] = JSON.parse(await get('nodes', { accept: 'application/json' }));
    assert.deepEqual(
      sets
        .filter((set) => set.module === module)
        .map(({ name, types, enabled, err, version }) => ({ name, types, enabled, err, version })),
      bases.map((base) => ({
        name: base,
        types: [`connect-cases-${base}`],
        enabled: true,
        err: undefined,
        version,
      })),
    );
  });

  it('has its icons served', async () => {
    const icons: Record<string, string[]> = JSON.parse(await get('icons'));
    assert.deepEqual(icons[module]?.sort(), bases.map((base) => `${base}.svg`).sort());
    for (const base of bases) {
      const drawing = readFileSync(join(root, `icons/${base}.svg`), 'utf8');
      assert.equal(await get(`icons/${module}/${base}.svg`), drawing);
    }
  });

  for (const language of readdirSync(join(root, 'locales'))) {
    it(`speaks ${language}: labels and help`, async () => {
      const labels = JSON.parse(await get(`nodes/messages?lng=${language}`));
      const forms = await get('nodes', { accept: 'text/html', 'accept-language': language });
      const built = join(root, 'dist/nodes/locales', language);
      for (const base of bases) {
        assert.deepEqual(
          labels[`${module}/${base}`],
          JSON.parse(readFileSync(join(built, `${base}.json`), 'utf8')),
        );
        assert.equal(forms.split(`data-help-name="connect-cases-${base}"`).length - 1, 1, base);
      }
      assert.ok(forms.includes(readFileSync(join(built, `${sharedBase}.html`), 'utf8').trim()));
    });
  }

  it('brings its sidebar tab, with its texts in every language', async () => {
    const [html] = (await get('plugins', { accept: 'text/html' })).split('</script>');
    assert.match(html ?? '', /connect-cases-tab/);
    for (const language of readdirSync(join(root, 'locales'))) {
      const texts = JSON.parse(await get(`plugins/messages?lng=${language}`));
      const built = join(root, 'dist/plugins/locales', language, 'sidebar.json');
      assert.deepEqual(texts[`${module}/sidebar`], JSON.parse(readFileSync(built, 'utf8')));
    }
  });

  it('lists its examples under Import → Examples', async () => {
    const listed: string[] = [];
    const list = async (folder: string) => {
      const entries: MenuEntry[] = JSON.parse(await get(`library/examples/flows/${module}${folder}`));
      for (const entry of entries) {
        if (typeof entry === 'string') await list(`${folder}/${entry}`);
        else listed.push(`${folder}/${entry.fn}`);
      }
    };
    await list('');
    assert.deepEqual(listed.sort(), examples.map(({ name }) => `/${name}`).sort());
  });

  /** Deploys an example as it is in the menu, pressing its buttons at once and all else each second; gives the type of its node. */
  const deployExample = async (name: string): Promise<string | undefined> => {
    const flow: ExampleNode[] = JSON.parse(await get(`library/examples/flows/${module}/${name}`));
    await deploy(
      nodeRed.url,
      flow.map((node) => ({
        ...node,
        ...(node.type === 'inject' && { once: true }),
        ...('seconds' in node && { seconds: 1 }),
      })),
    );
    return flow.find((node) => node.type.startsWith('connect-cases-') && node.wires)?.type;
  };
  const nodeExamples = examples.filter((example) => example.name.startsWith('nodes/'));
  const ofCase = (name: string) => Object.values(caseActions).find(({ base }) => name === `nodes/${base}`);

  const ofItem = ({ name }: { readonly name: string }) => !ofCase(name) && name !== 'nodes/cases-status';

  for (const { name } of nodeExamples.filter(ofItem)) {
    it(`makes an item with its example ${name}`, async () => {
      const made = nextItem(emulator);
      const type = await deployExample(name);
      assert.equal(`connect-cases-${kebab((await made).type)}`, type);
    });
  }

  for (const { base, operation } of Object.values(caseActions)) {
    it(`has the service answer ${operation} with its example nodes/${base}`, async () => {
      const answered = new Promise<SeenRequest>((resolve) => {
        const listen = (request: SeenRequest) => {
          if (request.operation !== operation) return;
          asked.off('one', listen);
          resolve(request);
        };
        asked.on('one', listen);
      });
      assert.equal(await deployExample(`nodes/${base}`), nodeType(base));
      assert.equal((await answered).status, 200);
    });
  }

  it('has the figures of a domain sent by its example nodes/cases-status', async () => {
    const debugSidebar = await openDebugSidebar(nodeRed.url);
    assert.equal(await deployExample('nodes/cases-status'), 'connect-cases-status');
    const { flow } = nodeExamples.find(({ name }) => name === 'nodes/cases-status') as Example;
    const { id } = flow.find(({ name }) => name === 'the alarm') as ExampleNode;
    await debugSidebar.shows(id, /^Cases domain: /);
    debugSidebar.close();
  });

  it('has the command of the local service', async () => {
    const { stdout } = await run(`"${join(modules, '.bin/connect-cases-emulator')}" --help`);
    assert.match(stdout, /connect-cases-emulator \[options\]/);
  });

  it('starts the local service, which answers', async () => {
    const node = process.env.NODE_RED_NODE ?? process.execPath;
    const service = spawn(node, [join(installed, packageJson.bin['connect-cases-emulator']), '--port', '0']);
    const [said] = await once(service.stdout, 'data');
    const [url = ''] = /http:\S+/.exec(String(said)) ?? [];
    const client = new ConnectCasesClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: anyCredentials,
    });
    const { domains } = await client.send(new ListDomainsCommand());
    client.destroy();
    service.kill();
    await once(service, 'exit');
    assert.equal(domains?.[0]?.domainId, demo.domainId);
  });
});

const kebab = (name: string): string => name.replace(/\B[A-Z]/g, '-$&').toLowerCase();

function nextItem({ service }: Emulator): Promise<{ readonly type: string }> {
  return new Promise((resolve) => {
    const stop = service.onChange((change) => {
      if (change.kind !== 'item') return;
      stop();
      resolve(change.item);
    });
  });
}
