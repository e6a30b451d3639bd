import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { boxOf, EditorPage } from '../support/editor-page';
import { seriousProblems } from './accessibility';
import { pictureForm } from './pictures';
import { demoDomain, startServers } from './session';

describe('languages and themes in a real browser', function () {
  this.timeout(300_000);
  const servers = startServers(demoDomain);

  for (const [language, words] of [
    ['de', ['Domäne', 'SLA-Name', 'Bis']],
    ['ja', ['ドメイン', 'SLA 名', '達成の状態']],
  ] as const) {
    it(`speaks ${language}`, async () => {
      const foreign = await EditorPage.open(servers.browser, servers.nodeRed, { locale: language });
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

  it('are whole in the tray of a small window, whose form is cut off where it does not fit', async () => {
    const viewport = { width: 620, height: 900 };
    const small = await EditorPage.open(servers.browser, servers.nodeRed, { locale: 'de', viewport });
    for (const base of ['comment', 'sla', 'custom', 'find-or-create-case']) {
      const node = `RED.nodes.import([{ id: '${base}', type: 'connect-cases-${base}', x: 9, y: 9, z: RED.workspaces.active() }]).nodes[0]`;
      await small.page.evaluate(`RED.editor.edit(${node})`);
      await small.formOpens();
      const tray = await boxOf(small.page.locator('.red-ui-tray-body-wrapper'));
      const parts = small.page.locator(
        '.connect-cases :is(input, select, .connect-cases-hint, .red-ui-typedInput-container, a.red-ui-button):visible',
      );
      // All at one moment: hints come and go with answers.
      const ends = await parts.evaluateAll((elements) =>
        elements.map((part) => ({ id: part.id, right: part.getBoundingClientRect().right })),
      );
      for (const { id, right } of ends) assert.ok(right <= tray.x + tray.width, `${base}: ${id}`);
      const button = await boxOf(small.page.locator('.red-ui-tray .connect-cases-show'));
      assert.ok(button.x + button.width <= tray.x + tray.width, base);
      assert.ok(button.y + button.height <= viewport.height, base);
      await small.cancel();
    }
    await small.close();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has no serious accessibility problem in the ${theme} theme, reasons and findings included`, async () => {
      const editor = await EditorPage.open(servers.browser, servers.nodeRed, { colorScheme: theme });
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
