import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCodes } from '../../src/errors/errors';

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

    it(`${language} says what to do for each error`, () => {
      const advice = textsOf(language, 'sidebar.json');
      assert.deepEqual(
        errorCodes.filter((code) => !advice.has(`advice.${code}`)),
        [],
      );
    });

    it(`${language} has a status for each error, and each is whole within 30 characters`, () => {
      const status = [...textsOf(language, 'common.json')].filter(([key]) => key.startsWith('status.'));
      const named = status.map(([key]) => key.replace('status.', ''));
      for (const code of errorCodes) assert.ok(named.includes(code), code);
      const added = readdirSync(join(locales, language)).flatMap(
        (file) => textsOf(language, file).get('item') ?? [],
      );
      const longest = added.toSorted((one, other) => other.length - one.length)[0] ?? '';
      for (const [key, text] of status) {
        const shown = text
          .replace('__count__', '99999')
          .replace('__item__', longest)
          .replace('__time__', '14:05');
        assert.ok(shown.length <= 30, `${key}: ${shown}`);
      }
    });

    it(`${language} has one word for a case`, () => {
      const word = textsOf(language, 'update-case.json').get('item')?.toLowerCase() ?? '';
      const said = ['connect-case', 'find-or-create-case', 'get-case', 'update-case'].map((base) =>
        textsOf(language, `${base}.json`).get('label'),
      );
      const common = textsOf(language, 'common.json');
      for (const text of [...said, common.get('field.caseId'), common.get('status.NOT_FOUND_Case')])
        assert.ok(word && text?.toLowerCase().includes(word), `${text}: ${word}`);
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
