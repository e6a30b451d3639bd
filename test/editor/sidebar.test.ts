import assert from 'node:assert/strict';
import type { Route } from 'playwright-core';
import { overviewPath } from '../../src/definition/overview/protocol';
import { demo, startEmulator } from '../../src/emulator';
import { EditorPage } from '../support/editor-page';
import { startSession } from './session';
import {
  buttonOf,
  commentsOn,
  deployAlarms,
  figureIs,
  openSidebar,
  pause,
  press,
  sidebarOf,
} from './sidebar';

const [freezer] = demo.cases;

describe('the sidebar tab Connect Cases in a real browser', function () {
  this.timeout(300_000);
  const session = startSession();
  const words = (text: string | RegExp) => sidebarOf(session.editor).getByText(text).first().waitFor();

  it('opens from the menu, and says what to do where there is no domain', async () => {
    await openSidebar(session.editor);
    await words(/^No domain yet: drag a node of Connect Cases into a flow/);
    assert.deepEqual(session.editor.errors, []);
  });

  it('speaks the language of the editor', async () => {
    const german = await EditorPage.open(session.browser, session.nodeRed, { locale: 'de' });
    await openSidebar(german);
    await sidebarOf(german)
      .getByText(/^Noch keine Domäne/)
      .waitFor();
    assert.deepEqual(german.errors, []);
    await german.close();
  });

  describe('of a domain', () => {
    before(async () => {
      await deployAlarms(session);
      await session.editor.reload();
      await openSidebar(session.editor);
    });
    beforeEach(() => session.emulator.reset());
    afterEach(() => assert.deepEqual(session.editor.errors, []));

    it('says in words what it does, and counts what was done', async () => {
      await words('Nothing to do.');
      await press(session, 'freezer');
      await figureIs(session.editor, 'done', '3');
      assert.equal(commentsOn(session, freezer.id).length, 3);
    });

    it('draws the last ten minutes, with a sentence that says the same', async () => {
      const chart = sidebarOf(session.editor).getByRole('img', {
        name: /^The last ten minutes: 3 requests sent, 0 /,
      });
      await chart.waitFor();
      assert.match((await chart.innerText()).replaceAll('\n', ' '), /^sent refused .*waiting.*10.*ago.*now$/);
      const drawn = (await chart.locator('.connect-cases-sent').getAttribute('d')) ?? '';
      // Slots of five seconds, the newest is 119; one may begin between the requests and the look at them.
      const slots = Array.from(drawn.matchAll(/M(\d+) /g), ([, slot]) => Number(slot));
      assert.ok(slots.length > 0 && slots.every((slot) => slot > 119 - 12), drawn);
    });

    it('pauses and goes on by the keyboard alone: meanwhile messages wait, and none is lost', async () => {
      const { page } = session.editor;
      await buttonOf(session.editor, 'Pause').focus();
      await page.keyboard.press('Enter');
      await words(/^ Paused since .*: messages wait\./);
      await press(session, 'freezer');
      await figureIs(session.editor, 'waiting', '3');
      assert.deepEqual(commentsOn(session, freezer.id), []);
      assert.equal(await page.evaluate('document.activeElement.textContent'), 'Go on');
      await page.keyboard.press('Enter');
      await figureIs(session.editor, 'waiting', '0');
      await figureIs(session.editor, 'done', '6');
      assert.deepEqual(commentsOn(session, freezer.id), ['freezer 1', 'freezer 2', 'freezer 3']);
    });

    it('stays paused where figures from before come late', async () => {
      const { page } = session.editor;
      await page.evaluate(`RED.actions.invoke('core:show-info-tab')`);
      const asked = new Promise<Route>((resolve) => {
        page.route(`**/${overviewPath}/watch`, resolve, { times: 1 });
      });
      await openSidebar(session.editor);
      const late = await asked;
      const before = await late.fetch();
      await pause(session.editor);
      await late.fulfill({ response: before });
      await page.waitForFunction('$.active === 0');
      await page.evaluate('new Promise(requestAnimationFrame)');
      assert.equal(await buttonOf(session.editor, 'Go on').count(), 1);
      await buttonOf(session.editor, 'Go on').click();
      await words('Nothing to do.');
    });

    it('says since when it is offline, and goes on when the service is back', async () => {
      const elsewhere = await startEmulator({ quota: 'unlimited' });
      await elsewhere.close();
      await deployAlarms(session, { endpoint: elsewhere.url });
      await press(session, 'freezer');
      await words(/^ Offline since .*: messages wait and go on by themselves\./);
      await words("The service can't be reached (ECONNREFUSED).");
      const back = await startEmulator({ quota: 'unlimited', port: elsewhere.port });
      await words('Nothing to do.');
      await back.close();
      await deployAlarms(session);
    });

    it('says since when every connection breaks, and that it does not any more', async () => {
      session.emulator.setFaults(['*=reset']);
      await press(session, 'freezer');
      await words(/^ Failing since .*: messages are sent again by themselves\./);
      await words('The connection broke before the answer (ECONNRESET).');
      session.emulator.setFaults([]);
      await words('Nothing to do.');
      assert.deepEqual(commentsOn(session, freezer.id), ['freezer 1', 'freezer 2', 'freezer 3']);
    });

    it('says that the domain does not run, without asking for what is not there', async () => {
      await deployAlarms(session, { d: true });
      await words(/^ Not running: enable it and deploy\./);
      await words('Nothing waits.');
      assert.equal(await buttonOf(session.editor, 'Pause').count(), 0);
      await deployAlarms(session);
      await words('Nothing to do.');
    });

    it('says that keys or permissions are refused, and what to do', async () => {
      session.emulator.setDenied(['cases:CreateRelatedItem']);
      await press(session, 'nowhere');
      await words(/^ Refused since/);
      const problem = await sidebarOf(session.editor).locator('.connect-cases-error').first().innerText();
      assert.match(problem, /^no permission .*cases:CreateRelatedItem.*Add the permission to the IAM policy/);
      await figureIs(session.editor, 'failed', '1');
    });

    it('says in the language of the editor what is wrong with a message', async () => {
      session.emulator.setDenied([]);
      await press(session, 'nowhere');
      await press(session, 'nobody');
      const german = await EditorPage.open(session.browser, session.nodeRed, { locale: 'de' });
      await openSidebar(german);
      const said = (sentence: string) => sidebarOf(german).getByText(sentence).first().waitFor();
      await said('Case c0ffee03-0000-4000-8000-00000000dead gibt es in dieser Domäne und Region nicht.');
      await said('msg.caseId ist leer.');
      assert.deepEqual(german.errors, []);
      await german.close();
    });

    it('tests the connection', async () => {
      session.emulator.setDenied([]);
      await buttonOf(session.editor, 'Test connection').click();
      const report = sidebarOf(session.editor).locator('.connect-cases-report');
      await report.getByText(/^Ready/).waitFor();
      await report.getByText('cases:CreateRelatedItem (Comment) is allowed').waitFor();
    });
  });
});
