import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json';
import { sharedBase } from '../../src/definition/node-type';
import { examples } from '../support/examples';
import { installPacked } from '../support/pack';
import { registeredTypes } from './registered-types';

const root = resolve(__dirname, '../..');
const bases = Object.keys(packageJson['node-red'].nodes);
const types = bases.map((base) => `connect-cases-${base}`);
const languages = readdirSync(join(root, 'locales'));

/** The access key of AWS's own documentation is none. */
const secretOrMap =
  /sourceMappingURL|-----BEGIN [A-Z ]*PRIVATE KEY|\b(?!AKIAIOSFODNN7EXAMPLE)A[KS]IA[0-9A-Z]{16}\b|npm_[A-Za-z0-9]{36}/;

describe('what is published', function () {
  this.timeout(60_000);
  let folder: string;
  let published: string;
  let files: string[];
  const read = (path: string) => readFileSync(join(published, path), 'utf8');

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'connect-cases-'));
    published = await installPacked(folder);
    files = readdirSync(published, { recursive: true })
      .map(String)
      .filter((path) => statSync(join(published, path)).isFile())
      .map((path) => path.replaceAll('\\', '/'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is what Node-RED loads, the local service, the examples and the papers, and not a file more', () => {
    const wanted = [
      ...['package.json', 'README.md', 'LICENSE'],
      ...['runtime.js', 'store-thread.js', 'emulator.js', 'emulator.d.ts', 'seed.schema.json'].map(
        (name) => `dist/${name}`,
      ),
      ...['NOTICES.txt', 'bom.json'].map((name) => `dist/${name}`),
      ...bases.flatMap((base) =>
        [`${base}.js`, `${base}.html`, `icons/${base}.svg`].map((name) => `dist/nodes/${name}`),
      ),
      ...languages.flatMap((language) =>
        [...bases.map((base) => `${base}.json`), `${sharedBase}.html`].map(
          (name) => `dist/nodes/locales/${language}/${name}`,
        ),
      ),
      'dist/plugins/sidebar.html',
      ...languages.map((language) => `dist/plugins/locales/${language}/sidebar.json`),
      ...examples.map(({ name }) => `examples/${name}.json`),
    ];
    assert.deepEqual(files.sort(), wanted.sort());
  });

  it('says nothing of the machine that built it, and holds no key and no source map', () => {
    const places = [root, `${homedir()}/`].map((path) => path.replaceAll('\\', '/'));
    for (const path of files) {
      const text = read(path);
      for (const place of places) assert.ok(!text.includes(place), `${path} has ${place}`);
      assert.doesNotMatch(text, secretOrMap, path);
    }
  });

  it('installs nothing else and runs nothing when it is installed', () => {
    const manifest = JSON.parse(read('package.json'));
    const installed = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'];
    assert.deepEqual(
      installed.filter((key) => key in manifest),
      [],
    );
    for (const script of Object.keys(manifest.scripts))
      assert.doesNotMatch(script, /^(pre|post)?install$|^prepare$/);
  });

  it('registers the nodes of package.json where the flow library finds them without running anything', () => {
    for (const ending of ['.html', '.js']) {
      const paths = Object.values(packageJson['node-red'].nodes).map((path) => path.replace(/\.js$/, ending));
      assert.deepEqual(
        paths.flatMap((path) => registeredTypes(read(path))),
        types,
        ending,
      );
    }
  });

  it('has an example for every node', () => {
    const used = new Set(examples.flatMap(({ flow }) => flow.map(({ type }) => type)));
    assert.deepEqual(
      types.filter((type) => !used.has(type)),
      [],
    );
  });
});
