import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { startSession } from './session';
import {
  alarmFlow,
  answer,
  buttonOf,
  commentNode,
  commentsOn,
  deployAlarms,
  figureIs,
  openSidebar,
  pause,
  press,
  sidebarOf,
  slaName,
  untilCommented,
} from './sidebar';

const [freezer, pump] = demo.cases;

describe('the lists in the sidebar tab Connect Cases', function () {
  this.timeout(300_000);
  const session = startSession(alarmFlow);
  const list = (title: RegExp) => sidebarOf(session.editor).locator('details').filter({ hasText: title });
  const rows = (title: RegExp, text: string) => list(title).locator('li').filter({ hasText: text });
  const selected = () => session.editor.page.evaluate('RED.view.selection().nodes?.map(({ id }) => id)');

  before(async () => {
    await openSidebar(session.editor);
  });
  afterEach(() => assert.deepEqual(session.editor.errors, []));

  describe('of what waits', () => {
    before(async () => {
      await pause(session.editor);
      for (const id of ['freezer', 'pump']) await press(session, id);
      await figureIs(session.editor, 'waiting', '5');
    });
    after(() => buttonOf(session.editor, 'Go on').click());

    it('say for each case how many wait, since when, from which node, and what the first is', async () => {
      const row = rows(/^Waiting/, freezer.id);
      await row.getByText(/^messages: 3, the oldest for \d+ sec/).waitFor();
      await row.getByText('freezer 1').waitFor();
      await rows(/^Waiting/, pump.id)
        .getByText('pump 1')
        .waitFor();
      await row.getByRole('button', { name: 'note the alarm' }).click();
      assert.deepEqual(await selected(), [commentNode]);
    });

    it('keep everything where dropping is asked back and not meant', async () => {
      await rows(/^Waiting/, freezer.id)
        .getByRole('button', { name: 'Drop the first' })
        .click();
      await session.editor.page.keyboard.press('Escape');
      await list(/^Waiting/)
        .getByRole('button', { name: 'Drop all', exact: true })
        .click();
      await answer(session.editor, 'Cancel');
      await figureIs(session.editor, 'waiting', '5');
    });

    it('drop one message, those of a case, or all', async () => {
      await rows(/^Waiting/, freezer.id)
        .getByRole('button', { name: 'Drop the first' })
        .click();
      await answer(session.editor, 'Drop');
      await rows(/^Waiting/, freezer.id)
        .getByText('freezer 2')
        .waitFor();
      await figureIs(session.editor, 'waiting', '4');
      await rows(/^Waiting/, freezer.id)
        .getByRole('button', { name: 'Drop all of this case' })
        .click();
      await answer(session.editor, 'Drop');
      await figureIs(session.editor, 'waiting', '2');
      await list(/^Waiting/)
        .getByRole('button', { name: 'Drop all', exact: true })
        .click();
      await answer(session.editor, 'Drop');
      await list(/^Waiting/)
        .getByText('Nothing waits.')
        .waitFor();
      await figureIs(session.editor, 'waiting', '0');
      assert.deepEqual(
        [freezer, pump].flatMap(({ id }) => commentsOn(session, id)),
        [],
      );
    });

    it('redact what is sensitive until it is asked for', async () => {
      await press(session, 'sla');
      const row = rows(/^Waiting/, freezer.id);
      await row.getByText('•••').waitFor();
      assert.ok(!(await row.innerText()).includes(slaName));
      await list(/^Waiting/)
        .getByRole('button', { name: 'Show sensitive parts' })
        .click();
      await row.getByText(slaName).waitFor();
      await list(/^Waiting/)
        .getByRole('button', { name: 'Hide sensitive parts' })
        .click();
      await row.getByText('•••').waitFor();
      await list(/^Waiting/)
        .getByRole('button', { name: 'Drop all', exact: true })
        .click();
      await answer(session.editor, 'Drop');
      await figureIs(session.editor, 'waiting', '0');
    });
  });

  describe('of what failed', () => {
    before(async () => {
      await list(/^Failed/)
        .getByText('Nothing failed.')
        .waitFor();
      await press(session, 'nowhere');
      await list(/^Failed \(1\)/).waitFor();
    });
    const row = () => rows(/^Failed/, 'nowhere 1');

    it('say when, from which node, for which case, what is wrong and what to do', async () => {
      await row().waitFor();
      const text = (await row().innerText()).replaceAll('\n', ' ');
      assert.match(
        text,
        /^\d+:\d\d:\d\d [AP]M note the alarm c0ffee03-0000-4000-8000-00000000dead not found Case .* does not exist .* Check the id and the Region/,
      );
      await session.editor.page.locator('#red-ui-workspace-chart').click({ position: { x: 20, y: 20 } });
      await row().getByRole('button', { name: 'note the alarm' }).click();
      assert.deepEqual(await selected(), [commentNode]);
    });

    it('copy a message', async () => {
      await row().getByRole('button', { name: 'Copy message' }).click();
      await session.editor.page
        .locator('.red-ui-popover')
        .getByText(/copied/i)
        .waitFor();
      const search = session.editor.page.locator('#red-ui-palette-search input');
      await search.focus();
      await session.editor.page.keyboard.press('ControlOrMeta+V');
      const { payload, caseId } = JSON.parse(await search.inputValue());
      assert.deepEqual([payload, caseId], ['nowhere 1', 'c0ffee03-0000-4000-8000-00000000dead']);
      await search.fill('');
    });

    it('drop one entry', async () => {
      await press(session, 'nowhere');
      await list(/^Failed \(2\)/).waitFor();
      await row().nth(1).waitFor();
      await row().first().getByRole('button', { name: 'Drop', exact: true }).click();
      await answer(session.editor, 'Drop');
      await list(/^Failed \(1\)/).waitFor();
      // The figures may be there sooner than the list.
      await row().nth(1).waitFor({ state: 'detached' });
      assert.equal(await row().count(), 1);
    });

    describe('send again', () => {
      const again = (text: string) =>
        rows(/^Failed/, text)
          .getByRole('button', { name: 'Send again' })
          .click();
      before(async () => {
        await row().getByRole('button', { name: 'Drop', exact: true }).click();
        await answer(session.editor, 'Drop');
        await list(/^Failed \(0\)/).waitFor();
      });
      beforeEach(() => session.emulator.reset());

      it('one message, once what was wrong is mended', async () => {
        session.emulator.setDenied(['cases:CreateRelatedItem']);
        await press(session, 'pump');
        await list(/^Failed \(2\)/).waitFor();
        session.emulator.setDenied([]);
        await again('pump 2');
        await list(/^Failed \(1\)/).waitFor();
        await rows(/^Failed/, 'pump 2').waitFor({ state: 'detached' });
        await untilCommented(session, pump.id, 1);
        assert.deepEqual(commentsOn(session, pump.id), ['pump 2']);
        await again('pump 1');
        await list(/^Failed \(0\)/).waitFor();
        await untilCommented(session, pump.id, 2);
        assert.deepEqual(commentsOn(session, pump.id), ['pump 2', 'pump 1']);
      });

      it('all, those that may be there already only after that was asked back', async () => {
        await deployAlarms(session, { ambiguous: 'fail' });
        session.emulator.setFaults(['lost*1']);
        await press(session, 'pump');
        await list(/^Failed \(1\)/).waitFor();
        await list(/^Failed/)
          .getByRole('button', { name: 'Send all again' })
          .click();
        await answer(session.editor, 'Cancel');
        await list(/^Failed \(1\)/).waitFor();
        await again('pump 1');
        await answer(session.editor, 'Send again');
        await list(/^Failed \(0\)/).waitFor();
        await untilCommented(session, pump.id, 3);
        assert.deepEqual(commentsOn(session, pump.id), ['pump 1', 'pump 2', 'pump 1']);
      });

      it('none, where the domain can not be used: why is said to the letter, never as a part of the page', async () => {
        await press(session, 'nowhere');
        await list(/^Failed \(1\)/).waitFor();
        await deployAlarms(session, { region: '<b>eu</b>' });
        await sidebarOf(session.editor).getByText('Not set up: complete the domain.').waitFor();
        await again('nowhere 1');
        await session.editor.page.locator('.red-ui-notification').getByText('is "<b>eu</b>"').waitFor();
        await list(/^Failed \(1\)/).waitFor();
      });
    });
  });
});
