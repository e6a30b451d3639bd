import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import type { EditorPage } from '../support/editor-page';
import { seriousProblems } from './accessibility';
import { discard, openNew } from './new-node';
import { demoDomain, startSession } from './session';

const { machine, severity } = demo.fields;

describe('the forms of the case nodes in a real browser', function () {
  this.timeout(300_000);
  const session = startSession(demoDomain);
  let editor: EditorPage;
  before(() => {
    ({ editor } = session);
  });

  const stored = (id: string, ...names: string[]): Promise<Record<string, unknown>> =>
    editor.page.evaluate(`(({ ${names.join()} }) => ({ ${names.join()} }))(RED.nodes.node('${id}'))`);
  /** The row of a list, by its place. */
  const row = (list: string, index: number) =>
    editor.page.locator(`#node-input-${list}-list .connect-cases-row`).nth(index);
  const add = async (list: string, index: number, search: string, name: string) => {
    await editor.page
      .locator(`.red-ui-editableList:has(#node-input-${list}-list) .red-ui-editableList-addButton`)
      .click();
    await editor.pick(row(list, index).locator('.connect-cases-id'), search, name);
  };

  it('find or create case: the field by name, the template by name, and its required fields come by themselves', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    const { page } = editor;
    assert.equal(
      await editor.page.locator('#node-input-match-list .connect-cases-row').count(),
      1,
      'a row for the field is there',
    );
    await editor.pick(row('match', 0).locator('.connect-cases-id'), 'Mach', 'Machine');
    await editor.pick(page.locator('#node-input-templateId-box'), 'Device', 'Device alert');
    await editor.pick(page.locator('#node-input-templateId-box'), 'Machine', 'Machine alarm');
    assert.deepEqual(await seriousProblems(editor), []);
    await editor.done();
    assert.deepEqual(await stored(id, 'match', 'templateId', 'otherwise', 'outputs', 'rows', 'valid'), {
      match: [{ field: machine, value: 'topic', valueType: 'msg' }],
      templateId: demo.alarmTemplateId,
      otherwise: 'create',
      outputs: 1,
      rows: [],
      valid: true,
    });
    await editor.edit(id);
    await discard(editor, id);
  });

  it('find or create case: a required field that is not looked for appears as a row', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    await editor.pick(row('match', 0).locator('.connect-cases-id'), 'Sever', 'Severity');
    await editor.pick(editor.page.locator('#node-input-templateId-box'), 'alarm', 'Machine alarm');
    await row('rows', 0).waitFor();
    await row('rows', 0).locator('.connect-cases-hint', { hasText: machine }).waitFor();
    assert.equal(await row('rows', 0).locator('.connect-cases-id').inputValue(), 'Machine');
    await discard(editor, id);
  });

  it('find or create case: a customer that the template asks for is said, until there is one', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    const template = editor.page.locator('#node-input-templateId-box');
    const hint = (text: RegExp) =>
      editor.line('hint', 'customer').filter({ hasText: text }).waitFor({ state: 'attached' });
    await editor.pick(template, 'Device', 'Device alert');
    await hint(/^The template asks for a customer/);
    await editor.typed('customer').fill(demo.customerId);
    await hint(/^$/);
    await editor.typed('customer').fill('');
    await editor.pick(template, 'alarm', 'Machine alarm');
    await editor.pick(template, 'Device', 'Device alert');
    await hint(/^The template asks for a customer/);
    await editor.pick(template, 'alarm', 'Machine alarm');
    await hint(/^$/);
    await discard(editor, id);
  });

  it('find or create case: a second output where there is no case, and no questions about a new one', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    const { page } = editor;
    await editor.pick(row('match', 0).locator('.connect-cases-id'), 'Mach', 'Machine');
    await page.selectOption('#node-input-otherwise', 'output');
    for (const name of ['templateId', 'title', 'customer']) {
      const row = page.locator(`.form-row:has(#node-input-${name})`);
      assert.equal(await row.isVisible(), false, name);
    }
    await editor.done();
    assert.deepEqual(await stored(id, 'otherwise', 'outputs', 'valid'), {
      otherwise: 'output',
      outputs: 2,
      valid: true,
    });
    assert.equal(await editor.node(id).locator('.red-ui-flow-port-output').count(), 2);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('find or create case: is marked while no field is chosen', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    await editor.done();
    assert.equal((await stored(id, 'valid')).valid, false);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('find cases: conditions with a comparison, fields to read, and the sort by name', async () => {
    const id = await openNew(editor, 'find-cases');
    const { page } = editor;
    await add('conditions', 0, 'sever', 'Severity');
    await row('conditions', 0).locator('select').selectOption({ label: '≠' });
    const options = row('conditions', 0).locator('.red-ui-typedInput-option-trigger');
    await editor.chooseFrom(options, 'a:has-text("High")');
    await add('fields', 0, 'Titl', 'Title');
    await add('fields', 1, 'Mach', 'Machine');
    await editor.pick(page.locator('#node-input-sort-box'), 'opened', 'Date/time opened');
    assert.deepEqual(await seriousProblems(editor), []);
    await editor.done();
    assert.deepEqual(await stored(id, 'conditions', 'fields', 'sort', 'valid'), {
      conditions: [{ field: severity, operator: 'notEqualTo', value: 'high', valueType: 'str' }],
      fields: ['title', machine],
      sort: 'created_datetime',
      valid: true,
    });
    await editor.edit(id);
    assert.equal(await row('conditions', 0).locator('select').inputValue(), 'notEqualTo');
    await row('fields', 1).locator('.connect-cases-hint', { hasText: machine }).waitFor();
    assert.equal(await row('fields', 1).locator('.connect-cases-id').inputValue(), 'Machine');
    await discard(editor, id);
  });

  it('find cases: more fields than the service reads at once are marked, until one is taken away', async () => {
    const id = await openNew(editor, 'find-cases');
    await editor.done();
    const many = Array.from({ length: 26 }, (_, index) => `field-${index}`);
    await editor.page.evaluate(`RED.nodes.node('${id}').fields = ${JSON.stringify(many)}`);
    await editor.edit(id);
    const reason = editor.line('reason', 'fields-list');
    assert.equal(await reason.innerText(), 'Fields to read has 26 entries; allowed are 1 to 25.');
    await editor.done();
    assert.equal((await stored(id, 'valid')).valid, false);
    await editor.edit(id);
    const remove = row('fields', 0).locator('xpath=..').locator('.red-ui-editableList-item-remove');
    assert.equal(await remove.getAttribute('aria-label'), 'remove this field');
    await remove.click();
    await reason.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    await editor.done();
    assert.equal((await stored(id, 'valid')).valid, true);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('get case: the types of items to read are ticked', async () => {
    const id = await openNew(editor, 'get-case');
    await editor.page.check('#node-input-relatedItems-list-Comment');
    await editor.page.check('#node-input-relatedItems-list-Sla');
    assert.deepEqual(await seriousProblems(editor), []);
    await editor.done();
    assert.deepEqual((await stored(id, 'relatedItems')).relatedItems, ['Comment', 'Sla']);
    await editor.edit(id);
    assert.equal(await editor.page.isChecked('#node-input-relatedItems-list-Sla'), true);
    assert.equal(await editor.page.isChecked('#node-input-relatedItems-list-File'), false);
    await discard(editor, id);
  });

  it('update case: the status as a choice, by name', async () => {
    const id = await openNew(editor, 'update-case');
    await add('rows', 0, 'Stat', 'Status');
    const options = row('rows', 0).locator('.red-ui-typedInput-option-trigger');
    await editor.chooseFrom(options, 'a:has-text("Closed")');
    assert.deepEqual(await seriousProblems(editor), []);
    await editor.done();
    assert.deepEqual(await stored(id, 'rows', 'fieldsType', 'valid'), {
      rows: [{ id: 'status', value: 'closed', valueType: 'str' }],
      fieldsType: 'rows',
      valid: true,
    });
    await editor.edit(id);
    await discard(editor, id);
  });

  it('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
