import assert from 'node:assert/strict';
import type { BrowserContextOptions } from 'playwright-core';
import { EditorPage } from '../support/editor-page';
import { seriousProblems } from './accessibility';
import { pictureSidebar } from './pictures';
import { startServers } from './session';
import { alarmFlow, answer, buttonOf, figureIs, openSidebar, pause, press, sidebarOf } from './sidebar';

/** As narrow as Node-RED lets its sidebar become. */
const narrowPixels = 180;

describe('how the sidebar tab looks', function () {
  this.timeout(300_000);
  // Messages wait on disk, as most people have it, also in the pictures.
  const servers = startServers((endpoint) => alarmFlow(endpoint, { store: 'disk' }));

  /** Opens another editor with our tab in it, for one look at it. */
  async function look(
    options: BrowserContextOptions,
    see: (editor: EditorPage) => Promise<void>,
  ): Promise<void> {
    const editor = await EditorPage.open(servers.browser, servers.nodeRed, options);
    await editor.page.evaluate(
      `document.documentElement.classList.toggle('nr-theme-dark', ${options.colorScheme === 'dark'})`,
    );
    await openSidebar(editor);
    await see(editor);
    assert.deepEqual(editor.errors, []);
    await editor.close();
  }
  const fits = async (editor: EditorPage): Promise<void> =>
    assert.equal(await sidebarOf(editor).evaluate((tab) => tab.scrollWidth - tab.clientWidth), 0);
  const rows = (editor: EditorPage) => sidebarOf(editor).locator('li');

  it('with nothing to show', () =>
    look({}, async (editor) => {
      await sidebarOf(editor).getByText('Nothing waits.').waitFor();
      assert.deepEqual(await seriousProblems(editor, '.connect-cases-tab'), []);
      await pictureSidebar(editor, 'sidebar-empty');
    }));

  describe('in a storm, with faults', () => {
    before(async () => {
      servers.emulator.behave({ quota: { perSecond: 6, burst: 6 } });
      for (const id of ['storm', 'pump', 'nowhere']) await press(servers, id);
      servers.emulator.setFaults(['lost:0.1']);
    });

    it('in the light theme', () =>
      look({}, async (editor) => {
        await rows(editor).nth(1).waitFor();
        assert.deepEqual(await seriousProblems(editor, '.connect-cases-tab'), []);
        await pictureSidebar(editor, 'sidebar-storm');
      }));

    it('in the dark theme', () =>
      look({ colorScheme: 'dark' }, async (editor) => {
        await rows(editor).nth(1).waitFor();
        assert.deepEqual(await seriousProblems(editor, '.connect-cases-tab'), []);
        await pictureSidebar(editor, 'sidebar-dark');
      }));

    it('in German', () =>
      look({ locale: 'de' }, async (editor) => {
        await rows(editor).nth(1).waitFor();
        await fits(editor);
        await pictureSidebar(editor, 'sidebar-de');
      }));

    it('in a sidebar of 180 pixels', () =>
      look({}, async (editor) => {
        await rows(editor).nth(1).waitFor();
        await sidebarOf(editor).evaluate((tab, width) => {
          if (tab.parentElement) tab.parentElement.style.width = `${width}px`;
        }, narrowPixels);
        await fits(editor);
        await pictureSidebar(editor, 'sidebar-narrow');
      }));

    it('with a question, which the keyboard can answer', () =>
      look({}, async (editor) => {
        await pause(editor);
        await buttonOf(editor, 'Drop all').click();
        assert.deepEqual(await seriousProblems(editor, '.connect-cases-ask'), []);
        await editor.page.keyboard.press('Tab');
        await editor.page.keyboard.press('Enter');
        await figureIs(editor, 'waiting', '0');
        // Until the list is drawn anew, it has the first button of this name.
        await sidebarOf(editor).getByText('Nothing waits.').waitFor();
        await buttonOf(editor, 'Drop all').click();
        await answer(editor, 'Drop');
        await sidebarOf(editor).getByText('Nothing failed.').waitFor();
        await buttonOf(editor, 'Go on').click();
      }));
  });
});
