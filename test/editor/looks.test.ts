import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { EditorPage } from '../support/editor-page';
import { seriousProblems } from './accessibility';
import { pictureForm } from './pictures';
import { demoDomain, startSession } from './session';

describe('languages and themes in a real browser', function () {
  this.timeout(300_000);
  const session = startSession(demoDomain);

  for (const [language, words] of [
    ['de', ['Domäne', 'SLA-Name', 'Bis']],
    ['ja', ['ドメイン', 'SLA 名', '達成の状態']],
  ] as const) {
    it(`speaks ${language}`, async () => {
      const foreign = await EditorPage.open(session.browser, session.nodeRed, { locale: language });
      const id = await foreign.drag('connect-cases-sla', 300, 300);
      await foreign.edit(id);
      await foreign.page.selectOption('#node-input-domain', 'local-domain');
      await foreign.pickTyped('caseId', 'Freez', demo.cases[0].title);
      await foreign.type('slaName', 'str', 'First response');
      await foreign.type('targetSlaMinutes', 'num', '1680');
      const form = await foreign.page.locator('.connect-cases').innerText();
      for (const word of words) assert.ok(form.includes(word), form);
      await pictureForm(foreign, `sla-${language}`);
      assert.deepEqual(foreign.errors, []);
      await foreign.close();
    });
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`has no serious accessibility problem in the ${theme} theme, reasons and findings included`, async () => {
      const editor = await EditorPage.open(session.browser, session.nodeRed, { colorScheme: theme });
      await editor.page.evaluate(
        `document.documentElement.classList.toggle('nr-theme-dark', ${theme === 'dark'})`,
      );
      const id = await editor.drag('connect-cases-comment', 300, 300);
      await editor.edit(id);
      await editor.page.fill('#node-input-output', '');
      await editor.line('reason', 'output').waitFor();
      assert.deepEqual(await seriousProblems(editor), []);
      await editor.page.fill('#node-input-output', 'payload');
      await editor.page.selectOption('#node-input-domain', 'local-domain');
      await editor.pickTyped('caseId', 'Freez', demo.cases[0].title);
      await editor.type('body', 'str', 'Freezer 7 is at -11 °C');
      await editor.page.fill('#node-input-output', 'payload');
      await editor.page.locator('#node-input-output').blur();
      if (theme === 'dark') await pictureForm(editor, 'comment-dark');
      await editor.openWith('#node-input-btn-domain-edit');
      await editor.page.click('.connect-cases-test');
      await editor.page.getByText('cases:ListFieldOptions works').waitFor();
      assert.deepEqual(await seriousProblems(editor), []);
      await editor.openWith('#node-config-input-btn-auth-edit');
      await editor.page.click('.connect-cases-policy');
      await editor.page.locator('.connect-cases-report pre').waitFor();
      assert.deepEqual(await seriousProblems(editor), []);
      assert.deepEqual(editor.errors, []);
      await editor.close();
    });
  }
});
