import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { palette } from '../../nodes/palette';
import packageJson from '../../package.json';
import { nodeType, sharedBase } from '../../src/definition/node-type';
import { templateOf } from '../../src/editor/form/template';
import { errorCodes } from '../../src/errors/errors';

const root = resolve(__dirname, '../..');
const nodes = join(root, 'dist/nodes');
const bases = Object.keys(packageJson['node-red'].nodes);
const read = (file: string): string => readFileSync(join(nodes, file), 'utf8');

describe('what the build makes', () => {
  it('weighs under 100 KB in the editor', () => {
    const bytes = bases.map((base) => Buffer.byteLength(read(`${base}.html`)));
    assert.ok(bytes.reduce((sum, size) => sum + size) < 100_000);
  });

  it('weighs under 25 KB in the sidebar tab', () => {
    assert.ok(Buffer.byteLength(read('../plugins/sidebar.html')) < 25_000);
  });

  it('has an icon for every node, and help and labels in every language', () => {
    assert.deepEqual(readdirSync(join(nodes, 'icons')).sort(), bases.map((base) => `${base}.svg`).sort());
    const wanted = [...bases.map((base) => `${base}.json`), `${sharedBase}.html`].sort();
    for (const language of readdirSync(join(nodes, 'locales'))) {
      assert.deepEqual(readdirSync(join(nodes, 'locales', language)).sort(), wanted, language);
    }
  });

  for (const language of readdirSync(join(nodes, 'locales'))) {
    describe(`the help in ${language}`, () => {
      const help = (base: string) =>
        read(`locales/${language}/${sharedBase}.html`)
          .split('</script>')
          .find((part) => part.includes(`data-help-name="connect-cases-${base}"`)) ?? '';
      const status: Record<string, string> = JSON.parse(
        read(`locales/${language}/${sharedBase}.json`),
      ).status;

      for (const { base, operation } of palette) {
        it(`of ${base} shows a message in and out, statuses, codes, and the permission`, () => {
          assert.equal(help(base).split('<pre>').length - 1, 2);
          for (const code of errorCodes) assert.ok(help(base).includes(`<code>${code}</code>`), code);
          for (const name of ['sending', 'NOT_FOUND_Case', 'ACCESS_DENIED']) {
            assert.ok(help(base).includes(`<code>${status[name]}</code>`), name);
          }
          assert.ok(help(base).includes(`<code>cases:${operation}</code>`));
          assert.ok(help(base).includes('<code>msg.casesError</code>'));
          assert.doesNotMatch(help(base), /__\w+__/);
        });
      }

      it('says where region, domain and keys are found in the AWS console', () => {
        assert.match(help('domain'), /Amazon Connect ›.*› Cases.*<code>region=eu-central-1<\/code>/);
        assert.match(help('credentials'), /IAM › Users ›.*› Security credentials › Create access key/);
      });
    });
  }

  for (const base of bases) {
    describe(base, () => {
      const html = read(`${base}.html`);
      const form = templateOf(nodeType(base));

      it('previews the request of items alone: the others send what depends on answers', () => {
        for (const { base, operation } of palette) {
          assert.equal(
            templateOf(nodeType(base)).includes('connect-cases-preview'),
            operation === 'CreateRelatedItem',
            base,
          );
        }
      });

      it('registers its type with a literal, where the flow library looks for it', () => {
        const scripts = [...html.matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g)];
        const own = scripts.map(([, source = '']) => source.trim()).at(-1) ?? '';
        assert.match(own, new RegExp(`^RED\\.nodes\\.registerType\\('connect-cases-${base}',\\{`));
        assert.doesNotMatch(own, /\.\.\.|\bfor\s*\(|=>/);
      });

      it('has a text for everything in its form, its own or a shared one', () => {
        const nameIn = (id: string) =>
          id.replace(/^(node-input|node-config-input|connect-cases)-|-list$/g, '');
        const keys = [
          ...[...form.matchAll(/data-text="([^"]+)"/g)].map(([, key = '']) => key),
          ...[...form.matchAll(/<label for="([^"]+)"><\/label>/g)].map(
            ([, id = '']) => `field.${nameIn(id)}`,
          ),
          ...[...form.matchAll(/<select id="([^"]+)">(.*?)<\/select>/g)].flatMap(
            ([, id = '', options = '']) =>
              [...options.matchAll(/value="([^"]+)"/g)].map(([, value]) => `option.${nameIn(id)}.${value}`),
          ),
        ];
        assert.ok(keys.length >= 5);
        const catalogues = [base, sharedBase].map((name) => JSON.parse(read(`locales/en-US/${name}.json`)));
        for (const key of keys) {
          const texts = catalogues.map((catalogue) =>
            key.split('.').reduce((found, name) => found?.[name], catalogue),
          );
          assert.ok(
            texts.some((text) => typeof text === 'string'),
            key,
          );
        }
      });

      it('ties every label to an input', () => {
        for (const [, id] of form.matchAll(/<label for="([^"]+)"/g))
          assert.ok(form.includes(`id="${id}"`), id);
        assert.doesNotMatch(form, /<label>/);
      });

      it('keeps secrets out of the flow file', () => {
        const defaults = html.match(/defaults:\{[\s\S]*?\n/)?.[0] ?? '';
        assert.doesNotMatch(defaults, /accessKeyId|secretAccessKey|sessionToken|credentials:/);
      });

      it('does not load the SDK when Node-RED starts', () => {
        const stub = read(`${base}.js`);
        assert.doesNotMatch(stub, /^(const|let|var|import)\b.*require/m);
      });
    });
  }
});
