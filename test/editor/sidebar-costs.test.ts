import assert from 'node:assert/strict';
import { overviewPath } from '../../src/definition/overview/protocol';
import { startSession } from './session';
import { answer, buttonOf, deployAlarms, figureIs, openSidebar, pause, press, sidebarOf } from './sidebar';

const minute = 60_000;

describe('what the sidebar tab costs', function () {
  this.timeout(300_000);
  const session = startSession();
  let asked: string[] = [];

  before(async () => {
    await deployAlarms(session, { maxWaiting: '200000' });
    const { page } = session.editor;
    await page.clock.install();
    await session.editor.reload();
    page.on('request', (request) => {
      const [, route] = request.url().split(`${overviewPath}/`);
      if (route) asked.push(route);
    });
  });
  beforeEach(() => {
    asked = [];
  });
  afterEach(() => assert.deepEqual(session.editor.errors, []));

  /** The browser has told the tab that it is not to be seen: it tells observers in the order in which they began. */
  const outOfView = () =>
    sidebarOf(session.editor).evaluate(
      (tab) =>
        new Promise<void>((resolve) => {
          new IntersectionObserver((entries, observer) => {
            if (entries.at(-1)?.isIntersecting) return;
            observer.disconnect();
            resolve();
          }).observe(tab);
        }),
    );

  it('is nothing before it was opened', async () => {
    await session.editor.page.clock.runFor(2 * minute);
    assert.deepEqual(asked, []);
  });

  it('is a lease three times a minute while it is open and nothing changes', async () => {
    await openSidebar(session.editor);
    await buttonOf(session.editor, 'Pause').waitFor();
    await session.editor.page.clock.runFor(10_000);
    asked = [];
    await session.editor.page.clock.runFor(2 * minute);
    assert.ok(asked.length >= 5 && asked.length <= 7, asked.join());
    assert.deepEqual([...new Set(asked)], ['watch']);
  });

  it('is nothing any more once another tab is in front, or none', async () => {
    const { page } = session.editor;
    await page.evaluate(`RED.actions.invoke('core:show-info-tab')`);
    await outOfView();
    await page.clock.runFor(1000);
    asked = [];
    await page.clock.runFor(2 * minute);
    assert.deepEqual(asked, []);
    await openSidebar(session.editor);
    await buttonOf(session.editor, 'Pause').waitFor();
    await page.evaluate(`RED.actions.invoke('core:toggle-sidebar')`);
    await outOfView();
    await page.clock.runFor(1000);
    asked = [];
    await page.clock.runFor(2 * minute);
    assert.deepEqual(asked, []);
  });

  it('is a page of rows, however many messages wait', async () => {
    await session.editor.page.evaluate(`RED.actions.invoke('core:toggle-sidebar')`);
    await openSidebar(session.editor);
    await pause(session.editor);
    await press(session, 'flood');
    await figureIs(session.editor, 'waiting', '100,000');
    const rows = sidebarOf(session.editor)
      .locator('details')
      .filter({ hasText: /^Waiting/ })
      .locator('li');
    await rows.nth(19).waitFor();
    assert.equal(await rows.count(), 20);
    await sidebarOf(session.editor).getByText('1 to 20 of 100').waitFor();
    await buttonOf(session.editor, 'Next').click();
    await sidebarOf(session.editor).getByText('21 to 40 of 100').waitFor();
    await buttonOf(session.editor, 'Drop all').click();
    await answer(session.editor, 'Drop');
    await sidebarOf(session.editor).getByText('Nothing waits.').waitFor();
    await press(session, 'freezer');
    await sidebarOf(session.editor).getByText('freezer 1').waitFor();
  });
});
