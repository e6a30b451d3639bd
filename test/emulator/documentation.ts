import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const page = readFileSync(join(resolve(__dirname, '../..'), 'docs/local-service.md'), 'utf8');

/** The text below a heading, up to the next one. */
export function section(title: string): string {
  const [, text] = page.split(new RegExp(`^## ${title}$`, 'm'));
  assert.ok(text, `no section "${title}"`);
  return text.split(/^## /m)[0] ?? '';
}

/** The cells of the table in a section, without its head. */
export const tableOf = (title: string): string[][] =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
