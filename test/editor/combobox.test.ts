import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import type { EditorPage } from '../support/editor-page';
import { seriousProblems } from './accessibility';
import { type HeldAnswers, holdAnswers } from './held-answers';
import { addRow, rowValue } from './items';
import { discard, openNew } from './new-node';
import { demoDomain, startSession } from './session';

const [, pump] = demo.cases;

describe('a list of names to pick from', function () {
  this.timeout(300_000);
  const session = startSession(demoDomain);
  let editor: EditorPage;
  let id: string;
  before(() => {
    ({ editor } = session);
  });
  afterEach(async function () {
    if (this.currentTest?.isPassed()) await discard(editor, id);
  });

  const input = () => editor.typed('caseId');
  const shown = () => editor.choices.allInnerTexts();
  const chosen = () => editor.page.evaluate(`$('#node-input-caseId').val()`);

  describe('of cases', () => {
    beforeEach(async () => {
      id = await openNew(editor, 'comment');
      await editor.chooseType(input(), 'str');
      await input().fill('');
      await editor.choices.first().waitFor();
      await input().press('Escape');
    });

    it('opens below an empty input with the arrow key, and closes with Escape while the form stays', async () => {
      await input().press('ArrowDown');
      await editor.choices.first().waitFor();
      await input().press('Escape');
      assert.equal(await editor.choices.count(), 0);
      assert.ok(await input().isVisible());
      assert.equal(await chosen(), '');
    });

    it('goes round with the arrow keys, and Enter takes what is marked', async () => {
      await input().press('ArrowDown');
      await editor.choices.first().waitFor();
      const marked = editor.markedChoice;
      const titles = await shown();
      assert.ok(titles.length > 1);
      for (const title of [...titles, titles[0] ?? '']) {
        assert.equal(await marked.innerText(), title);
        await input().press('ArrowDown');
      }
      await input().press('ArrowUp');
      await input().press('ArrowUp');
      assert.equal(await marked.innerText(), titles.at(-1));
      await input().press('ArrowDown');
      await input().press('Enter');
      assert.equal(await editor.choices.count(), 0);
      assert.ok(titles[0]?.includes(String(await chosen())), titles[0]);
    });

    it('tells screen readers whether it is open, and which choice is marked', async () => {
      assert.equal(await input().getAttribute('role'), 'combobox');
      assert.equal(await input().getAttribute('aria-expanded'), 'false');
      await input().fill('Pump');
      await editor.markedChoice.waitFor();
      assert.equal(await input().getAttribute('aria-expanded'), 'true');
      const marked = await input().getAttribute('aria-activedescendant');
      assert.match(await editor.page.locator(`[id="${marked}"]`).innerText(), new RegExp(pump.title));
      const list = editor.page.locator(`[id="${await input().getAttribute('aria-controls')}"]`);
      assert.equal(await list.getAttribute('role'), 'listbox');
      assert.equal(await list.getAttribute('aria-label'), 'Case');
      assert.deepEqual(await seriousProblems(editor), []);
    });

    it('leaves what is typed as it is where the cursor goes on', async () => {
      await input().fill('Pump');
      await editor.choices.first().waitFor();
      await input().press('Tab');
      assert.equal(await editor.choices.count(), 0);
      assert.equal(await chosen(), 'Pump');
    });

    it('offers nothing for a value that comes from the message', async () => {
      await editor.chooseType(input(), 'msg');
      assert.equal(await input().getAttribute('role'), null);
      await input().pressSequentially('Pump');
      assert.equal(await editor.line('hint', 'caseId').innerText(), '');
    });

    describe('while answers are slow', () => {
      let answers: HeldAnswers;
      beforeEach(async () => {
        answers = await holdAnswers(editor.page, 'cases');
      });
      afterEach(() => answers.stop());

      /** The list for `Pu` is open, the one for `Pump` is asked for. */
      async function typeSlowly(): Promise<void> {
        await input().fill('Pu');
        await answers.asked(1);
        await answers.answer(0);
        await editor.choices.first().waitFor();
        await input().fill('Pump');
        await answers.asked(1);
      }

      it('takes the choice on which the mouse button goes down, though an answer redraws the list before it goes up', async () => {
        await typeSlowly();
        await editor.choices.first().hover();
        await editor.page.mouse.down();
        await answers.answer(1);
        await editor.page.mouse.up();
        assert.equal(await chosen(), pump.id);
      });

      it('stays closed after a pick', async () => {
        await typeSlowly();
        await editor.choices.first().click();
        await answers.answer(1);
        assert.equal(await editor.choices.count(), 0);
        assert.equal(await chosen(), pump.id);
        assert.equal(await input().inputValue(), pump.title);
      });

      it('lets Enter take nothing that was offered for an older text', async () => {
        await typeSlowly();
        await input().press('Enter');
        assert.equal(await chosen(), 'Pump');
        await answers.answer(1);
        await editor.markedChoice.filter({ hasText: pump.title }).waitFor();
        await input().press('Enter');
        assert.equal(await chosen(), pump.id);
      });

      it('shows what goes with the latest text, in whatever order the answers come', async () => {
        await input().fill('Freez');
        await answers.asked(1);
        await input().fill('Pump');
        await answers.asked(2);
        await answers.answer(1);
        await editor.choices.filter({ hasText: pump.title }).waitFor();
        const before = await shown();
        await answers.answer(0);
        assert.deepEqual(await shown(), before);
      });

      it('does not open where the cursor has gone on', async () => {
        await input().fill('Pump');
        await answers.asked(1);
        await editor.page.focus('#node-input-name');
        await answers.answer(0);
        assert.equal(await editor.choices.count(), 0);
        assert.equal(await editor.line('hint', 'caseId').innerText(), '');
      });
    });
  });

  describe('of fields, while answers are slow', () => {
    let answers: HeldAnswers | undefined;
    beforeEach(async () => {
      id = await openNew(editor, 'custom');
      await editor.chooseType(editor.typed('fields'), 'rows');
    });
    afterEach(() => answers?.stop());

    const valueType = () => editor.page.evaluate(`$('.connect-cases-value').last().typedInput('type')`);

    it('takes the type of a field that is picked without asking for it again', async () => {
      await editor.page.click('.red-ui-editableList-addButton');
      await editor.page.locator('.connect-cases-id').last().pressSequentially('temp');
      const choice = editor.choices.filter({ hasText: 'Temperature in °C' });
      await choice.waitFor();
      answers = await holdAnswers(editor.page, 'fields');
      await choice.click();
      assert.equal(await valueType(), 'num');
    });

    it('keeps a value that was typed before the type of its field was known', async () => {
      answers = await holdAnswers(editor.page, 'fields');
      await editor.page.click('.red-ui-editableList-addButton');
      const field = editor.page.locator('.connect-cases-id').last();
      await field.fill(demo.fields.temperature);
      await field.blur();
      await rowValue(editor).fill('-11');
      await rowValue(editor).blur();
      assert.equal(await valueType(), 'str');
      await answers.stop();
      await editor.page.waitForFunction(`$('.connect-cases-value').last().typedInput('type') === 'num'`);
      assert.equal(await rowValue(editor).inputValue(), '-11');
    });

    it('takes the type of the field that was chosen last', async () => {
      answers = await holdAnswers(editor.page, 'options');
      await addRow(editor, 'sever', 'Severity');
      await answers.asked(1);
      await editor.pick(editor.page.locator('.connect-cases-id').last(), 'temp', 'Temperature in °C');
      await editor.page.waitForFunction(`$('.connect-cases-value').last().typedInput('type') === 'num'`);
      await answers.answer(0);
      assert.equal(await valueType(), 'num');
      await rowValue(editor).fill('4');
    });
  });

  after('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
