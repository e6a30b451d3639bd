import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');

/** Every module of the package, by its path below the root, with the modules of the package that it imports. */
const imports = new Map(
  modulesIn('src')
    .concat(modulesIn('nodes'))
    .map((path) => [path, importsOf(path)]),
);

const pure = ['src/model', 'src/errors', 'src/common', 'src/definition'];

/**
 * Which folder may import which, besides itself: a line stands for all folders below it. `nodes/` says what there is,
 * `src/` how it works: only programs and the editor, which know all nodes, import `nodes/`.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/common': [],
  'src/model': [],
  'src/errors': ['src/model'],
  'src/definition': ['src/model', 'src/errors'],
  'src/mapping': pure,
  'src/cases': pure,
  'src/delivery': pure,
  'src/runtime': [...pure, 'src/mapping', 'src/cases', 'src/delivery'],
  nodes: [...pure, 'src/mapping', 'src/cases', 'src/runtime'],
  'src/editor': [...pure, 'nodes'],
  'src/build': [...pure, 'nodes', 'src/emulator'],
  'src/emulator': ['src/model', 'src/common'],
  'src/demo': [...pure, 'nodes', 'src/emulator'],
};

/** Folders of as many files as the service has operations. */
const perOperation = ['src/emulator/operations'];
/** Files that are tables, as long as what they list. */
const tables = [
  'src/emulator/model/shapes/definitions.ts',
  'src/emulator/operations/index.ts',
  'src/demo/flow.ts',
];

describe('the folders of the source', () => {
  it('import only what they may', () => {
    const forbidden = [...imports].flatMap(([path, imported]) => {
      const folder = layerOf(path);
      const allowed = mayImport[folder];
      if (!allowed) return [`${path}: its folder has no line in this test`];
      return imported
        .filter((each) => layerOf(each) !== folder && !allowed.includes(layerOf(each)))
        .map((each) => `${path} imports ${each}`);
    });
    assert.deepEqual(forbidden, []);
  });

  it('have no circle of imports, not even of types', () => {
    assert.deepEqual(circles(), []);
  });

  it('hold at most a dozen files', () => {
    const folders = new Map<string, number>();
    for (const path of imports.keys()) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
    const large = [...folders]
      .filter(([folder, files]) => files > 12 && !perOperation.includes(folder))
      .map(([folder, files]) => `${folder}: ${files}`);
    assert.deepEqual(large, []);
  });

  it('hold no file of more than 200 lines but tables', () => {
    const long = [...imports.keys()]
      .filter((path) => !tables.includes(path))
      .map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 200)
      .map(([path, lines]) => `${path}: ${lines}`);
    assert.deepEqual(long, []);
  });
});

function modulesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => join(folder, path));
}

/** Imports of types count, too: who needs a type of another folder knows that folder. */
function importsOf(path: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, path), 'utf8'), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolved(join(dirname(path), fileName)))
    .filter((each) => each !== undefined);
}

/** Data, such as a catalogue of texts, is no module. */
function resolved(path: string): string | undefined {
  const { resolvedModule } = ts.resolveModuleName(`./${path}`, join(root, 'index.ts'), {}, ts.sys);
  const name = resolvedModule && relative(root, resolvedModule.resolvedFileName);
  return name?.endsWith('.ts') ? name : undefined;
}

function layerOf(path: string): string {
  const fitting = Object.keys(mayImport).filter((folder) => path.startsWith(`${folder}/`));
  return fitting.toSorted((a, b) => b.length - a.length)[0] ?? dirname(path);
}

/** Each circle once, as the road from a module back to itself. */
function circles(): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, road: readonly string[]) => {
    const start = road.indexOf(path);
    if (start >= 0) found.add([...road.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...road, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return [...found];
}
