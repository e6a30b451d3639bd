import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import type { EditorPage } from '../support/editor-page';
import { addRow, rowValue } from './items';
import { discard, openNew } from './new-node';
import { demoDomain, startSession } from './session';

const [freezer, pump] = demo.cases;

describe('picking and typing in a real browser', function () {
  this.timeout(300_000);
  const session = startSession(demoDomain);
  let editor: EditorPage;
  before(() => {
    ({ editor } = session);
  });

  it('searches cases as one types, and says where there is none', async () => {
    const id = await openNew(editor, 'comment');
    await editor.chooseType(editor.typed('caseId'), 'str');
    const input = editor.typed('caseId');
    await input.fill('');
    await input.pressSequentially('ump stat');
    await editor.choices.filter({ hasText: pump.title }).waitFor();
    await editor.choices.nth(1).waitFor({ state: 'hidden' });
    await input.fill('');
    await input.pressSequentially('nobody');
    await editor.line('hint', 'caseId').filter({ hasText: 'Nothing of this name was found.' }).waitFor();
    await discard(editor, id);
  });

  it('picks with the keyboard alone', async () => {
    const id = await openNew(editor, 'comment');
    const { keyboard } = editor.page;
    await editor.chooseType(editor.typed('caseId'), 'str');
    await editor.typed('caseId').fill('');
    await editor.typed('caseId').pressSequentially('Freez');
    await editor.markedChoice.filter({ hasText: freezer.title }).waitFor();
    await keyboard.press('Enter');
    assert.equal(await editor.typed('caseId').inputValue(), freezer.title);
    assert.equal(await editor.line('hint', 'caseId').innerText(), freezer.id);
    await editor.page.focus('#node-input-name');
    const reached: string[] = [];
    for (let presses = 0; presses < 20; presses += 1) {
      await keyboard.press('Tab');
      reached.push(
        await editor.page.evaluate<string>(
          `$(document.activeElement).closest('.form-row').find('label').text()`,
        ),
      );
    }
    const order = reached.filter((label, index) => label !== '' && label !== reached[index - 1]);
    assert.deepEqual(order.slice(0, 8), [
      'Domain',
      'Case',
      'Text',
      'If too long',
      'Send waiting comments of a case as one',
      'Author',
      'If it is there already',
      'ARN goes to msg.',
    ]);
    await discard(editor, id);
  });

  it('gives every input a name for screen readers', async () => {
    const id = await openNew(editor, 'sla');
    const nameless = await editor.page.evaluate<string[]>(
      `$('.connect-cases').find('input, select, button').filter(':visible').filter((_, input) =>
         !input.labels?.length && !input.getAttribute('aria-label') && !input.innerText).map((_, input) => input.outerHTML).get()`,
    );
    assert.deepEqual(nameless, []);
    await discard(editor, id);
  });

  it('counts the characters of a comment, and the days and hours of an SLA, while they are typed', async () => {
    const comment = await openNew(editor, 'comment');
    await editor.chooseType(editor.typed('body'), 'str');
    await editor.typed('body').fill('');
    await editor.typed('body').pressSequentially('Grüße 🧊');
    assert.equal(await editor.line('hint', 'body').innerText(), '7 of 15,000 characters');
    await discard(editor, comment);
    const sla = await openNew(editor, 'sla');
    await editor.chooseType(editor.typed('targetSlaMinutes'), 'num');
    await editor.typed('targetSlaMinutes').fill('');
    await editor.typed('targetSlaMinutes').pressSequentially('1680');
    assert.match(await editor.line('hint', 'targetSlaMinutes').innerText(), /^1 day 4 hours$/);
    await discard(editor, sla);
  });

  it('warns of an ARN that is of something else', async () => {
    const id = await openNew(editor, 'contact');
    await editor.type('contactArn', 'str', demo.fileArn);
    assert.match(await editor.line('hint', 'contactArn').innerText(), /does not look like the ARN.*contact/);
    await editor.type('contactArn', 'str', demo.contactArn);
    assert.equal(await editor.line('hint', 'contactArn').innerText(), '');
    await editor.page.selectOption('#node-input-performedByKind', 'userArn');
    await editor.type('performedBy', 'str', demo.contactArn);
    assert.match(await editor.line('hint', 'performedBy').innerText(), /does not look like the ARN.*agent/);
    await editor.page.selectOption('#node-input-performedByKind', 'customEntity');
    assert.equal(await editor.line('hint', 'performedBy').innerText(), '');
    await editor.page.selectOption('#node-input-performedByKind', 'inherit');
    await discard(editor, id);
  });

  it('offers for each field of a custom item the input that fits its type', async () => {
    const id = await openNew(editor, 'custom');
    await editor.chooseType(editor.typed('fields'), 'rows');
    for (const [name, type] of [
      ['Machine', 'str'],
      ['Temperature in °C', 'num'],
      ['Under warranty', 'bool'],
      ['Next visit', 'str'],
      ['Severity', 'str'],
      ['Dashboard', 'str'],
      ['Technician', 'userArn'],
    ]) {
      await addRow(editor, name ?? '', name ?? '');
      await editor.page.waitForFunction(`$('.connect-cases-value').last().typedInput('type') === '${type}'`);
      assert.equal(await editor.page.locator('.connect-cases-id').last().inputValue(), name);
    }
    await discard(editor, id);
  });

  it('offers the options of a field by name, and says how a date and an address have to look', async () => {
    const { page } = editor;
    const id = await openNew(editor, 'custom');
    await editor.chooseType(editor.typed('fields'), 'rows');
    await addRow(editor, 'sever', 'Severity');
    const options = page.locator('.connect-cases-value-box .red-ui-typedInput-option-trigger');
    await editor.chooseFrom(options.last(), 'a:has-text("High")');
    const reason = page.locator('.connect-cases-row').last().locator('.connect-cases-reason');
    for (const [search, name, wrong, right, says] of [
      [
        'Next',
        'Next visit',
        'tomorrow',
        '2026-08-03T08:00:00Z',
        'Value has to look like this: 2026-08-03T08:00:00Z',
      ],
      [
        'Dash',
        'Dashboard',
        'grafana',
        'https://grafana.example/d/7',
        'Value has to look like this: https://example.com/',
      ],
    ] as const) {
      await addRow(editor, search, name);
      await rowValue(editor).fill(wrong);
      await rowValue(editor).blur();
      await reason.filter({ hasText: says }).waitFor();
      await rowValue(editor).fill(right);
      await rowValue(editor).blur();
      assert.equal(await reason.innerText(), '');
    }
    await editor.done();
    const values = await page.evaluate(`RED.nodes.node('${id}').rows.map(({ value }) => value)`);
    assert.deepEqual(values, ['high', '2026-08-03T08:00:00Z', 'https://grafana.example/d/7']);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('marks a custom item whose row is wrong, in the form and in the flow', async () => {
    const id = await openNew(editor, 'custom');
    await editor.chooseType(editor.typed('fields'), 'rows');
    await addRow(editor, 'temp', 'Temperature in °C');
    await rowValue(editor).fill('cold');
    await rowValue(editor).blur();
    const reason = 'Value is not a number.';
    await editor.page.locator('.connect-cases-row .connect-cases-reason', { hasText: reason }).waitFor();
    await editor.done();
    assert.deepEqual(await editor.page.evaluate(`RED.nodes.node('${id}').validationErrors`), [reason]);
    await editor.edit(id);
    await rowValue(editor).fill('-11');
    await rowValue(editor).blur();
    await discard(editor, id);
  });

  it('takes a typed-in id where the account cannot be reached, and says so', async () => {
    session.emulator.setFaults(['SearchCases=500']);
    const id = await openNew(editor, 'comment');
    await editor.chooseType(editor.typed('caseId'), 'str');
    await editor.typed('caseId').fill('');
    await editor.typed('caseId').pressSequentially('case-17');
    await editor.line('hint', 'caseId').filter({ hasText: "Names can't be looked up:" }).waitFor();
    assert.match(await editor.line('hint', 'caseId').innerText(), /The id can be typed in\.$/);
    await editor.done();
    assert.equal(await editor.page.evaluate(`RED.nodes.node('${id}').caseId`), 'case-17');
    assert.equal(await editor.page.evaluate(`RED.nodes.node('${id}').valid`), true);
    session.emulator.setFaults([]);
  });

  it('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
