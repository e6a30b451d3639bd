import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of the repository. */
export const root = resolve(__dirname, '../..');
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Paths of the pages that the README leads to. */
export const docs: readonly string[] = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
/** Paths of all pages for people. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...docs,
];

/** The text below a heading of a page, up to the next one of its level or above. */
export function section(path: string, title: string): string {
  const [, level = '', text = ''] = new RegExp(`^(#+) ${title}\\n([\\s\\S]*)`, 'm').exec(read(path)) ?? [];
  assert.ok(text, `${path} has no section "${title}"`);
  return text.split(new RegExp(`^#{1,${level.length}} `, 'm'))[0] ?? '';
}

/** The cells of a table whose first column has this title, without its head. */
export function table(text: string, title: string): string[][] {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${title} |`));
  assert.ok(head >= 0, `no table "${title}"`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  return lines.slice(head + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The JSON blocks of a text. */
export const blocks = (text: string): string[] =>
  [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
/** What stands between backticks in a text. */
export const codes = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** A link of a page, or a picture that it shows. */
export interface Link {
  readonly image: boolean;
  readonly target: string;
}

export const links = (text: string): Link[] =>
  [...text.matchAll(/(!?)\[[^[\]]*\]\(([^)]+)\)/g)].map(([, image, target = '']) => ({
    image: image === '!',
    target,
  }));

/** The anchors of a page, as GitHub makes them of its headings. */
export const anchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
