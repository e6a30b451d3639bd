import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Bundled {
  readonly name: string;
  readonly license: string;
  readonly text: string;
}

/**
 * The notices of all packages that were bundled: who they are, and each licence text once.
 * `inputs` are paths of bundled files, relative to `root`. Throws where a package names no licence.
 */
export function renderNotices(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => path.match(packageFolder)?.[0] ?? []));
  const byText = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, license, text } = readPackage(join(root, folder));
    const heading = `${name} (${license})`;
    const names = byText.get(text) ?? [];
    byText.set(text, names.includes(heading) ? names : [...names, heading]);
  }
  return [
    'This package contains code of the packages named below, under their licences.',
    ...[...byText].map(([text, names]) => [...names, '', text].join('\n')),
  ].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** Up to the innermost package of a path. */
const packageFolder = /^.*node_modules\/(@[^/]+\/)?[^/]+(?=\/)/;

function readPackage(folder: string): Bundled {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} names no licence`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name: `${name} ${version}`, license, text: texts.join('\n\n') };
}
