import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Bundled {
  readonly name: string;
  readonly license: string;
  readonly repository: string;
  /** Blank where the package ships none. */
  readonly text: string;
}

/**
 * The notices of all packages that were bundled: who they are, with whose copyright, and each licence text once.
 * `inputs` are paths of bundled files, relative to `root`. Throws where a package has no licence or no text of it.
 */
export function renderNotices(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => path.match(packageFolder)?.[0] ?? []));
  const packages = [...folders].sort().map((folder) => readPackage(join(root, folder)));
  const papers = packages.map((bundled) => {
    const whole = textOf(bundled, packages);
    const [copyright = ''] = ownCopyright.exec(whole) ?? [];
    return { ...bundled, copyright: copyright.trim(), text: whole.replace(copyright, '') };
  });
  return [
    'This package contains code of the packages named below, under their licences.',
    ...grouped(papers, ({ text }) => text).map(([text, sharers]) =>
      [...grouped(sharers, ({ copyright }) => copyright).flatMap(heading), text].join('\n'),
    ),
  ].join(`\n\n${'-'.repeat(80)}\n\n`);
}

const heading = ([copyright, packages]: readonly [string, readonly Bundled[]]): string[] => [
  ...packages.map(({ name, license }) => `${name} (${license})`),
  ...(copyright ? [copyright] : []),
  '',
];

function grouped<T>(entries: readonly T[], keyOf: (entry: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return [...groups];
}

/** The line of a licence that names whose code it is, which is all that tells many texts apart. */
const ownCopyright = /^ *Copyright (?:\(c\) )?\d{4}.*\n/im;

/** Up to the innermost package of a path. */
const packageFolder = /^.*node_modules\/(@[^/]+\/)?[^/]+(?=\/)/;

/** A package that ships no text is under that of its repository, which others from there do ship. */
function textOf(bundled: Bundled, packages: readonly Bundled[]): string {
  const { name, license, repository, text } = bundled;
  const sibling = packages.find(
    (other) => other.text && other.repository === repository && other.license === license,
  );
  const found = text || sibling?.text;
  if (!found) throw new Error(`${name} has no text of its licence (${license})`);
  return found;
}

function readPackage(folder: string): Bundled {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  if (typeof license !== 'string') throw new Error(`${name} names no licence`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return {
    name: `${name} ${version}`,
    license,
    repository: repository?.url ?? repository ?? name,
    text: texts.join('\n\n'),
  };
}
