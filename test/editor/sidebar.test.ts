import assert from 'node:assert/strict';
import { EditorPage } from '../support/editor-page';
import { startSession } from './session';
import { openSidebar, sidebarOf } from './sidebar';

describe('the sidebar tab Connect Cases in a real browser', function () {
  this.timeout(300_000);
  const session = startSession();

  it('opens from the menu, and says what to do where there is no domain', async () => {
    await openSidebar(session.editor);
    const tab = sidebarOf(session.editor);
    assert.match(await tab.innerText(), /^No domain yet: drag a node of Connect Cases into a flow/);
    assert.deepEqual(session.editor.errors, []);
  });

  it('speaks the language of the editor', async () => {
    const german = await EditorPage.open(session.browser, session.nodeRed, { locale: 'de' });
    await openSidebar(german);
    assert.match(await sidebarOf(german).innerText(), /^Noch keine Domäne/);
    assert.deepEqual(german.errors, []);
    await german.close();
  });
});
