import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';

const root = resolve(__dirname, '../..');

interface Update {
  readonly 'package-ecosystem': string;
  readonly directory?: string;
  readonly directories?: readonly string[];
  readonly schedule: { readonly interval: string };
  readonly groups?: Readonly<Record<string, object>>;
  readonly ignore?: readonly { readonly 'dependency-name': string; readonly 'update-types'?: string[] }[];
}

describe('Dependabot', () => {
  const config = load(readFileSync(join(root, '.github/dependabot.yml'), 'utf8')) as {
    readonly version: number;
    readonly updates: readonly Update[];
  };
  const foldersOf = (ecosystem: string) =>
    config.updates
      .filter((update) => update['package-ecosystem'] === ecosystem)
      .flatMap(({ directory, directories = [] }) => (directory ? [directory] : directories));

  it('gets nothing that its documentation does not have', () => {
    const known = (part: object, keys: readonly string[]) =>
      assert.deepEqual(
        Object.keys(part).filter((key) => !keys.includes(key)),
        [],
      );
    known(config, ['version', 'updates']);
    assert.equal(config.version, 2);
    for (const update of config.updates) {
      known(update, ['package-ecosystem', 'directory', 'directories', 'schedule', 'groups', 'ignore']);
      known(update.schedule, ['interval']);
      assert.match(update.schedule.interval, /^(daily|weekly|monthly|quarterly)$/);
      for (const group of Object.values(update.groups ?? {})) known(group, ['patterns', 'update-types']);
      for (const ignored of update.ignore ?? []) {
        known(ignored, ['dependency-name', 'update-types']);
        for (const type of ignored['update-types'] ?? [])
          assert.match(type, /^version-update:semver-(major|minor|patch)$/);
      }
    }
  });

  it('looks at every lock file, and at the actions', () => {
    const locks = ['.', ...readdirSync(join(root, 'test')).map((folder) => `test/${folder}`)]
      .filter((folder) => readdirSync(join(root, folder)).includes('package-lock.json'))
      .map((folder) => (folder === '.' ? '/' : `/${folder}`));
    assert.deepEqual([...foldersOf('npm')].sort(), locks.sort());
    assert.deepEqual(foldersOf('github-actions'), ['/']);
  });
});
