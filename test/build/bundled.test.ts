import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import packageJson from '../../package.json';
import lock from '../../package-lock.json';
import { bundlePrograms } from '../../src/build/bundle';
import { renderNotices } from '../../src/build/papers/notices';

const root = resolve(__dirname, '../..');
const billText = readFileSync(join(root, 'dist/bom.json'), 'utf8');
const bill = JSON.parse(billText);
const notices = readFileSync(join(root, 'dist/NOTICES.txt'), 'utf8');

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly { readonly license: { readonly id: string } }[];
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
}
const components: readonly Component[] = bill.components;
const nameOf = ({ group, name }: Component) => [group, name].filter(Boolean).join('/');
const packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>> =
  lock.packages;

describe('what is bundled', () => {
  let again: string;
  let bundled: string[];

  before(async () => {
    again = mkdtempSync(join(tmpdir(), 'connect-cases-'));
    const inputs = await bundlePrograms(root, again);
    const folders = inputs.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []);
    bundled = [...new Set(folders)].sort();
  });
  after(() => rmSync(again, { recursive: true, force: true }));

  describe('is on a bill', () => {
    it('that is valid CycloneDX 1.6', async () => {
      assert.equal(bill.specVersion, '1.6');
      assert.equal(await new JsonStrictValidator(Version.v1dot6).validate(billText), null);
    });

    it('of this package', () => {
      const { group, name, version, type } = bill.metadata.component;
      assert.deepEqual(
        [`${group}/${name}`, version, type],
        [packageJson.name, packageJson.version, 'library'],
      );
    });

    it('that names each package once, and no other', () => {
      assert.ok(bundled.includes('node_modules/@aws-sdk/client-connectcases'));
      const names = bundled.map(
        (folder) => `${folder.replace(/^.*node_modules\//, '')} ${packages[folder]?.version}`,
      );
      assert.deepEqual(components.map((one) => `${nameOf(one)} ${one.version}`).sort(), names.sort());
    });

    it('with address, licence, and the hash of what was installed', () => {
      for (const component of components) {
        const { version, purl, licenses, hashes } = component;
        const name = nameOf(component);
        assert.ok(purl.startsWith(`pkg:npm/${name.replace('@', '%40')}@${version}`), purl);
        assert.ok(['Apache-2.0', 'MIT'].includes(licenses[0]?.license.id ?? ''), name);
        const [folder = ''] = bundled.filter((path) => path.endsWith(`node_modules/${name}`));
        const [algorithm, digest = ''] = (packages[folder]?.integrity ?? '').split('-');
        assert.equal(algorithm, 'sha512', name);
        assert.deepEqual(hashes, [
          { alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') },
        ]);
      }
    });

    it('that is the same, to the byte, when it is built again', () => {
      assert.equal(readFileSync(join(again, 'bom.json'), 'utf8'), billText);
      assert.ok(!('serialNumber' in bill) && !('timestamp' in bill.metadata));
    });
  });

  describe('is shipped with its licences', () => {
    const sections = notices.split(`\n\n${'-'.repeat(80)}\n\n`).slice(1);

    it('which name the packages of the bill', () => {
      const headings = [...notices.matchAll(/^(\S+) (\d\S*) \(([\w.-]+)\)$/gm)].map(([heading]) => heading);
      const named = components.map((one) => `${nameOf(one)} ${one.version} (${one.licenses[0]?.license.id})`);
      assert.deepEqual(headings.sort(), named.sort());
    });

    it('in full', () => {
      for (const section of sections) {
        const [heading = ''] = section.split('\n', 1);
        const [granted, ends] = heading.endsWith('(MIT)')
          ? [/Permission is hereby granted/, /OTHER DEALINGS IN\s+THE\s+SOFTWARE\.$/i]
          : [/Grant of Copyright License/, /(limitations under the License|additional liability)\.$/];
        assert.match(section, granted, heading);
        assert.match(section, ends, heading);
      }
    });

    it('each text once, and with the copyright of every package', () => {
      const texts = sections.map((section) =>
        section.replace(/^(?:\S+ \d\S* \([\w.-]+\)|Copyright .*|)\n/gm, ''),
      );
      assert.equal(new Set(texts).size, texts.length);
      for (const folder of bundled) {
        const [file = ''] = readdirSync(join(root, folder)).filter((name) => /^licen[cs]e/i.test(name));
        if (!file) continue;
        const [copyright] =
          /^ *Copyright \d{4}.*$/m.exec(readFileSync(join(root, folder, file), 'utf8')) ?? [];
        const name = `\n${folder.replace(/^.*node_modules\//, '')} `;
        const group = notices.slice(notices.indexOf(name)).split('\n\n')[0] ?? '';
        if (copyright) assert.ok(group.endsWith(copyright.trim()), folder);
      }
    });

    it('or is not built at all', () => {
      const folder = join(again, 'node_modules/bare');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"name":"bare","version":"1.0.0","license":"MIT"}');
      assert.throws(
        () => renderNotices(again, ['node_modules/bare/index.js']),
        /^Error: bare 1\.0\.0 has no text/,
      );
    });
  });
});
