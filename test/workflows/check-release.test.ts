import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const script = resolve(__dirname, '../../.github/check-release.sh');

// Releases are checked on Linux, and Windows has no bash.
(process.platform === 'win32' ? describe.skip : describe)('a release', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const check = (tag: string, version: string, changelog: string) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    const { status, stderr } = spawnSync('bash', [script], {
      cwd: folder,
      env: { ...process.env, GITHUB_REF_NAME: tag },
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  it('has a tag that is the version, and an entry in the changelog', () => {
    const changelog = '# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2027-01-01\n\n- New\n';
    assert.deepEqual(check('v1.2.3', '1.2.3', changelog), { status: 0, stderr: '' });
  });

  it('is refused where the tag is another version', () => {
    const { status, stderr } = check('v1.2.4', '1.2.3', '## 1.2.3\n');
    assert.equal(status, 1);
    assert.match(stderr, /The tag is v1\.2\.4, but package\.json says 1\.2\.3/);
  });

  it('is refused without an entry of just this version', () => {
    for (const changelog of [
      '',
      '## Unreleased\n',
      '## 1.2.30\n',
      '## 11.2.3\n',
      '## 1x2x3\n',
      'see ## 1.2.3\n',
    ]) {
      const { status, stderr } = check('v1.2.3', '1.2.3', changelog);
      assert.equal(status, 1, changelog);
      assert.match(stderr, /no entry '## 1\.2\.3'/);
    }
  });
});
