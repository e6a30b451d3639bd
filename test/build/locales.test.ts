import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const locales = resolve(__dirname, '../../locales');
/** The languages that Node-RED's own editor ships. */
const languages = ['de', 'en-US', 'es-ES', 'fr', 'ja', 'ko', 'pt-BR', 'ru', 'zh-CN', 'zh-TW'];
const files = readdirSync(join(locales, 'en-US'));

describe('locales', () => {
  it('are there in the ten languages of the editor', () => {
    assert.deepEqual(readdirSync(locales).sort(), languages);
  });

  for (const language of languages) {
    for (const file of files) {
      it(`${language}/${file} says all that the English file says, with the same placeholders and code`, () => {
        assert.deepEqual(marks(textsOf(language, file)), marks(textsOf('en-US', file)));
      });
    }

    it(`${language} has status texts under 20 characters`, () => {
      const status = [...textsOf(language, 'common.json')].filter(([key]) => key.startsWith('status.'));
      assert.equal(status.length, 5);
      for (const [key, text] of status) {
        assert.ok(text.replace('__count__', '9999').length < 20, `${key}: ${text}`);
      }
    });

    if (language === 'en-US') continue;
    it(`${language} is a translation`, () => {
      const texts = files.flatMap((file) =>
        [...textsOf(language, file)].map(([key, text]) => ({ file, key, text })),
      );
      const same = texts.filter(({ file, key, text }) => textsOf('en-US', file).get(key) === text);
      assert.ok(same.length < texts.length / 8, same.map(({ key }) => key).join());
    });
  }
});

/** Every text of a file by the path to it. */
function textsOf(language: string, file: string): Map<string, string> {
  return new Map(flat(JSON.parse(readFileSync(join(locales, language, file), 'utf8'))));
}

function flat(value: unknown, path: readonly string[] = []): [string, string][] {
  return typeof value === 'string'
    ? [[path.join('.'), value]]
    : Object.entries(value as object).flatMap(([key, member]) => flat(member, [...path, key]));
}

/** What has to be the same in every language: that there is a text, and what is not language in it. */
const marks = (texts: Map<string, string>): [string, string[]][] =>
  [...texts].map(([key, text]) => [
    key,
    [text.trim() === '' ? 'nothing' : 'a text', ...(text.match(/__\w+?__|`[^`]+`/g) ?? []).sort()],
  ]);
