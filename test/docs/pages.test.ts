import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchors, codes, docs, links, pages, read, root } from './pages';

describe('the documentation', () => {
  const readme = read('README.md');
  const repository: string = JSON.parse(read('package.json')).repository.url;
  const [, github = ''] = /^git\+(https:.*)\.git$/.exec(repository) ?? [];
  const raw = github.replace('//github.com', '//raw.githubusercontent.com');

  // npmjs.com and flows.nodered.org show the README without the repository; the latter looks on a branch "master".
  it('shows its pictures and opens its files wherever the README is read', () => {
    for (const { image, target } of links(readme)) {
      const elsewhere = !image && !target.startsWith(github) && target.startsWith('https:');
      if (target.startsWith('#') || elsewhere) continue;
      const base = image ? `${raw}/HEAD/` : `${github}/blob/HEAD/`;
      assert.ok(target.startsWith(base), target);
      const [file = ''] = target.slice(base.length).split('#');
      assert.ok(existsSync(join(root, file)), target);
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
    for (const text of pages.map(read))
      for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) assert.ok(scripts[script], script);
  });

  it('says how to clone the repository that package.json names', () => {
    assert.ok(readme.includes(`git clone ${github}.git\ncd ${github.split('/').pop()}\n`));
  });

  it('shows each picture that there is', () => {
    const shown = ['README.md', ...docs].flatMap((path) => links(read(path)).map(({ target }) => target));
    for (const picture of readdirSync(join(root, 'docs/images')))
      assert.ok(
        shown.some((target) => target.endsWith(`images/${picture}`)),
        picture,
      );
  });

  for (const path of pages)
    it(`has no dead link in ${path}`, () => {
      for (const { target } of links(read(path))) {
        const inRepository = target.startsWith(`${github}/blob/HEAD/`);
        if (target.startsWith('https:') && !inRepository) continue;
        const folder = inRepository ? '' : dirname(path);
        const [file = '', anchor] = target.replace(`${github}/blob/HEAD/`, '').split('#');
        const page = file ? join(folder, file) : path;
        assert.ok(existsSync(join(root, page)), target);
        if (anchor !== undefined) assert.ok(anchors(read(page)).includes(anchor), target);
      }
    });
});
