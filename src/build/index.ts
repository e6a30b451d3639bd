/** `npm run bundle`: definitions, locales and icons become dist/, what Node-RED loads; `--quiet` leaves out the sizes. */
import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configNodes } from '../../nodes/config';
import { palette } from '../../nodes/palette';
import { reporters } from '../../nodes/reporters';
import type { Action, Reporter } from '../definition/action';
import { nodeType, sharedBase } from '../definition/node-type';
import { bundleForBrowser, bundlePrograms } from './bundle';
import { renderEmulatorTypes, renderSeedSchema } from './emulator-files';
import { type Help, type References, renderHelp, type SharedHelp } from './help';
import { renderBundle, script } from './html';
import { renderNotices } from './papers/notices';
import { pluginBase, writePlugin } from './plugin';
import { renderConfigRegistration, renderPaletteRegistration } from './registration';
import { renderStub } from './stub';

const root = resolve(__dirname, '../..');
const dist = join(root, 'dist');
const nodesDir = join(dist, 'nodes');

interface NodeFiles {
  readonly base: string;
  readonly stub: string;
  readonly registration: string;
  /** Left out for config nodes, which see no message. */
  readonly node?: Action | Reporter;
}

const nodeFiles: readonly NodeFiles[] = [
  ...configNodes.map((node) => ({
    base: node.base,
    stub: renderStub(node.base, node.secrets),
    registration: renderConfigRegistration(node),
  })),
  ...palette.map((action) => ({
    base: action.base,
    stub: renderStub(action.base, undefined),
    registration: renderPaletteRegistration(action, 1),
    node: action,
  })),
  ...reporters.map((node) => ({
    base: node.base,
    stub: renderStub(node.base, undefined),
    registration: renderPaletteRegistration(node, 0),
    node,
  })),
];

async function main(): Promise<void> {
  await demandInStep();
  await rm(dist, { recursive: true, force: true });
  await mkdir(nodesDir, { recursive: true });
  // What the forms share, and the forms themselves, are in the HTML that the editor reads first.
  const [editor, inputs] = await Promise.all([
    bundleForBrowser(root, 'src/editor'),
    bundlePrograms(root, dist),
  ]);
  await chmod(join(dist, 'emulator.js'), 0o755);
  await writeFile(join(dist, 'emulator.d.ts'), await renderEmulatorTypes(root));
  await writeFile(join(dist, 'seed.schema.json'), renderSeedSchema());
  let weight = 0;
  for (const [index, { base, stub, registration }] of nodeFiles.entries()) {
    const html = (index === 0 ? renderBundle(editor) : '') + script('type="text/javascript"', registration);
    weight += Buffer.byteLength(html);
    await writeFile(join(nodesDir, `${base}.js`), stub);
    await writeFile(join(nodesDir, `${base}.html`), html);
  }
  await cp(join(root, 'icons'), join(nodesDir, 'icons'), { recursive: true });
  for (const language of await readdir(join(root, 'locales'))) await writeLocale(language);
  await writePlugin(root, join(dist, 'plugins'));
  await writeFile(join(dist, 'NOTICES.txt'), renderNotices(root, inputs));
  if (!process.argv.includes('--quiet')) await report(weight);
}

async function writeLocale(language: string): Promise<void> {
  const from = join(root, 'locales', language);
  const to = join(nodesDir, 'locales', language);
  await mkdir(to, { recursive: true });
  const { help: sharedHelp, reference, ...shared } = await readJson(join(from, 'common.json'));
  let allHelp = '';
  for (const { base, node } of nodeFiles) {
    const { help, ...own } = await readJson(join(from, `${base}.json`));
    const texts = base === sharedBase ? merged(shared, own) : own;
    await writeFile(join(to, `${base}.json`), JSON.stringify(texts));
    const rendered = renderHelp(
      help as Help,
      sharedHelp as SharedHelp,
      reference as References,
      { ...(shared.status as object), item: String(own.item ?? '') },
      node,
    );
    allHelp += script(`type="text/html" data-help-name="${nodeType(base)}"`, rendered);
  }
  // What the nodes have in common is said for each: in one file, it hardly adds to the package.
  await writeFile(join(to, `${sharedBase}.html`), allHelp);
}

type Catalogue = { readonly [key: string]: unknown };

/** Both catalogues in one; what a node says itself counts. */
function merged(shared: Catalogue, own: Catalogue): Catalogue {
  const both = Object.entries(own).map(([key, value]) => {
    const common = shared[key];
    return [key, isCatalogue(value) && isCatalogue(common) ? merged(common, value) : value];
  });
  return { ...shared, ...Object.fromEntries(both) };
}

const isCatalogue = (value: unknown): value is Catalogue => typeof value === 'object' && value !== null;

const readJson = async (path: string): Promise<Catalogue> => JSON.parse(await readFile(path, 'utf8'));

/** Throws where package.json, icons or locales do not have what the definitions need. */
async function demandInStep(): Promise<void> {
  const bases = nodeFiles.map(({ base }) => base);
  const packageJson = await readJson(join(root, 'package.json'));
  const { nodes, plugins } = packageJson['node-red'] as Record<string, object>;
  const expected = {
    nodes: Object.fromEntries(bases.map((base) => [base, `dist/nodes/${base}.js`])),
    plugins: { [pluginBase]: `dist/plugins/${pluginBase}.html` },
  };
  if (JSON.stringify({ nodes, plugins }) !== JSON.stringify(expected)) {
    throw new Error(`package.json: "node-red" has to have ${JSON.stringify(expected)}`);
  }
  const languages = await readdir(join(root, 'locales'));
  const needed = [
    ...bases.map((base) => `icons/${base}.svg`),
    ...languages.flatMap((language) =>
      ['common', pluginBase, ...bases].map((base) => `locales/${language}/${base}.json`),
    ),
  ];
  for (const path of needed) {
    await stat(join(root, path)).catch(() => {
      throw new Error(`${path} is missing`);
    });
  }
}

async function report(editorBytes: number): Promise<void> {
  const sizes = await Promise.all(['runtime.js', 'emulator.js'].map((name) => stat(join(dist, name))));
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`;
  console.log(`editor (HTML and scripts of all nodes): ${kilobytes(editorBytes)}`);
  console.log(
    `runtime.js: ${kilobytes(sizes[0]?.size ?? 0)}, emulator.js: ${kilobytes(sizes[1]?.size ?? 0)}`,
  );
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
