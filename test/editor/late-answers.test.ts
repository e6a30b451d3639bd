import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import type { Case, Template } from '../../src/emulator/state/state';
import type { EditorPage } from '../support/editor-page';
import { type HeldAnswers, holdAnswers } from './held-answers';
import { rowValue } from './items';
import { discard, openNew } from './new-node';
import { demoDomain, startSession } from './session';

const [freezer, pump] = demo.cases;

describe('answers that come late into a form, in a real browser', function () {
  this.timeout(120_000);
  const session = startSession(demoDomain);
  let editor: EditorPage;
  before(() => {
    ({ editor } = session);
    const templates = session.emulator.service.domain.templates as Map<string, Template>;
    for (const [id, template] of templates) {
      if (id !== demo.alarmTemplateId) templates.set(id, { ...template, status: 'Inactive' });
    }
  });

  const saved = <Value>(id: string, name: string) =>
    editor.page.evaluate<Value>(`RED.nodes.node('${id}').${name}`);

  /** Adds a domain from an open form, with all that decides where its name is asked for. */
  async function addDomain(): Promise<void> {
    const { page } = editor;
    await editor.openWith('#node-input-btn-domain-add');
    await page.selectOption('#node-config-input-auth', 'local-keys');
    await page.evaluate(`$('.connect-cases details').prop('open', true)`);
    await page.fill('#node-config-input-endpoint', session.emulator.url);
  }

  /** Types the whole name of the pump's case. */
  async function typeCase(): Promise<void> {
    await editor.chooseType(editor.typed('caseId'), 'str');
    await editor.typed('caseId').fill(pump.title);
  }

  it('the only template is taken by itself, with its required fields', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    await editor.page.waitForFunction(`$('#node-input-templateId-box').val() === 'Machine alarm'`);
    await editor.page.locator('#node-input-rows-list .connect-cases-row').waitFor();
    await discard(editor, id);
  });

  it('Node-RED puts the cursor nowhere else when somebody is in the form already', async () => {
    const { page } = editor;
    const id = await editor.drag('connect-cases-contact', 300, 300);
    await page.evaluate(
      `RED.events.on('editor:open', function once() {
         RED.events.off('editor:open', once);
         setTimeout(() => $('#node-input-output').focus());
       })`,
    );
    await editor.edit(id);
    assert.equal(await page.evaluate('document.activeElement.id'), 'node-input-output');
    await discard(editor, id);
  });

  describe('the only domain', () => {
    it('is not taken where the region is another one by then', async () => {
      const { page } = editor;
      const id = await openNew(editor, 'comment');
      await addDomain();
      const answers = await holdAnswers(page, 'domains');
      await page.fill('#node-config-input-region', 'us-east-1');
      await page.locator('#node-config-input-region').press('Tab');
      await answers.asked(1);
      await page.fill('#node-config-input-region', 'somewhere');
      await page.locator('#node-config-input-region').press('Tab');
      await answers.stop();
      assert.equal(await page.inputValue('#node-config-input-domainId-box'), '');
      assert.equal(await editor.line('hint', 'domainId').innerText(), '');
      await page.fill('#node-config-input-region', 'us-east-1');
      await page.locator('#node-config-input-region').press('Tab');
      await page.waitForFunction(`$('#node-config-input-domainId-box').val() === 'demo'`);
      await editor.cancel();
      await discard(editor, id);
    });

    it('typed by its name is kept by its id, also where the answer comes after Done', async () => {
      const { page } = editor;
      const id = await openNew(editor, 'comment');
      await addDomain();
      const answers = await holdAnswers(page, 'domains');
      await page.fill('#node-config-input-domainId-box', 'demo');
      await page.fill('#node-config-input-region', 'us-east-1');
      await editor.done();
      const domain = await page.inputValue('#node-input-domain');
      assert.equal(await saved(domain, 'domainId'), 'demo');
      await answers.stop();
      await page.waitForFunction(`RED.nodes.node('${domain}').domainId === '${demo.domainId}'`);
      await discard(editor, id);
    });
  });

  describe('the case of a name', () => {
    it('is taken while another form lies on top', async () => {
      const id = await openNew(editor, 'comment');
      const answers = await holdAnswers(editor.page, 'cases');
      await typeCase();
      await editor.typed('caseId').press('Tab');
      await answers.asked(1);
      await editor.openWith('#node-input-btn-domain-edit');
      await answers.stop();
      await editor.cancel();
      assert.equal(await editor.line('hint', 'caseId').innerText(), pump.id);
      await editor.done();
      assert.equal(await saved(id, 'caseId'), pump.id);
      await editor.edit(id);
      await discard(editor, id);
    });

    it('is kept by its id, also where the answer comes after Done', async () => {
      const id = await openNew(editor, 'comment');
      const answers = await holdAnswers(editor.page, 'cases');
      await typeCase();
      await editor.done();
      assert.equal(await saved(id, 'valid'), false);
      await answers.stop();
      await editor.page.waitForFunction(`RED.nodes.node('${id}').valid`);
      assert.equal(await saved(id, 'caseId'), pump.id);
      await editor.edit(id);
      await discard(editor, id);
    });

    it('changes nothing where the form was left with Cancel', async () => {
      const id = await openNew(editor, 'comment');
      await editor.done();
      await editor.edit(id);
      const answers = await holdAnswers(editor.page, 'cases');
      await typeCase();
      await editor.typed('caseId').press('Tab');
      await answers.asked(1);
      await editor.cancel();
      await answers.stop();
      assert.equal(await saved(id, 'caseId'), 'caseId');
      await editor.edit(id);
      await discard(editor, id);
    });

    it('is looked for as soon as there is a domain', async () => {
      const id = await openNew(editor, 'comment');
      await editor.page.selectOption('#node-input-domain', '_ADD_');
      await typeCase();
      await editor.typed('caseId').press('Tab');
      await editor.page.selectOption('#node-input-domain', 'local-domain');
      await editor.line('hint', 'caseId').filter({ hasText: pump.id }).waitFor();
      await discard(editor, id);
    });

    it('is not typed over where it stands there already', async () => {
      const id = await openNew(editor, 'comment');
      const answers = await holdAnswers(editor.page, 'cases');
      await typeCase();
      await editor.typed('caseId').press('Tab');
      await answers.asked(1);
      await editor.typed('caseId').focus();
      await editor.typed('caseId').press('End');
      await answers.stop();
      await editor.line('hint', 'caseId').filter({ hasText: pump.id }).waitFor();
      await editor.page.keyboard.type(' 2');
      assert.equal(await editor.typed('caseId').inputValue(), `${pump.title} 2`);
      await discard(editor, id);
    });

    it('is no fault any more when there is one at last', async () => {
      const { page } = editor;
      const { cases } = session.emulator.service.state;
      const late = 'c0ffee03-0000-4000-8000-00000000000a';
      cases.set(late, { ...(cases.get(freezer.id) as Case), id: late });
      await page.route('**/look-up/case*', (route) => route.fulfill({ json: { found: [] } }));
      const id = await openNew(editor, 'comment');
      await editor.chooseType(editor.typed('caseId'), 'str');
      await editor.typed('caseId').fill(late);
      await editor.typed('caseId').press('Tab');
      const reason = editor.line('reason', 'caseId');
      await reason.filter({ hasText: 'there is no such id or name' }).waitFor();
      await editor.done();
      await page.unroute('**/look-up/case*');
      await editor.edit(id);
      await reason.waitFor({ state: 'hidden' });
      assert.equal(await editor.typed('caseId').inputValue(), freezer.title);
      await discard(editor, id);
      cases.delete(late);
    });
  });

  it('an option is chosen by the name that was typed, and its list comes when nobody types any more', async () => {
    const { page } = editor;
    const id = await openNew(editor, 'custom');
    await editor.chooseType(editor.typed('fields'), 'rows');
    await page.click('.red-ui-editableList-addButton');
    const answers = await holdAnswers(page, 'fields');
    await page.locator('.connect-cases-id').last().fill('Severity');
    await rowValue(editor).focus();
    await page.keyboard.type('Hi');
    await answers.stop();
    await page.keyboard.type('gh');
    assert.equal(await rowValue(editor).inputValue(), 'High');
    await rowValue(editor).blur();
    await page.locator('.connect-cases-value-box .red-ui-typedInput-option-label').last().waitFor();
    await editor.done();
    assert.deepEqual(await saved(id, 'rows'), [
      { id: demo.fields.severity, value: 'high', valueType: 'str' },
    ]);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('the type of a field is of no use to a row whose form is gone', async () => {
    const { page } = editor;
    await editor.reload();
    const id = await openNew(editor, 'custom');
    const answers = await holdAnswers(page, 'fields');
    await page.locator('.connect-cases-id').fill(demo.fields.temperature);
    await editor.done();
    await answers.stop();
    assert.deepEqual(editor.errors, []);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('required fields of a template go into no other form', async () => {
    const { page } = editor;
    const other = await openNew(editor, 'update-case');
    await editor.done();
    const id = await editor.drag('connect-cases-find-or-create-case', 300, 400);
    const answers = await holdAnswers(page, 'template');
    await editor.edit(id);
    await answers.asked(1);
    await editor.cancel();
    await editor.edit(other);
    const before = await page.locator('.connect-cases-row').count();
    await answers.stop();
    assert.equal(await page.locator('.connect-cases-row').count(), before);
    await discard(editor, other);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('required fields of a template come when the form is opened again, where it was closed before', async () => {
    const { page } = editor;
    const id = await editor.drag('connect-cases-find-or-create-case', 300, 400);
    const answers = await holdAnswers(page, 'template');
    await editor.edit(id);
    await answers.asked(1);
    await editor.done();
    await answers.stop();
    await editor.edit(id);
    await page.locator('#node-input-rows-list .connect-cases-row').waitFor();
    await discard(editor, id);
  });

  it('of two connection tests, the one that was asked for last is shown, and of a policy and a test', async () => {
    const { page } = editor;
    const id = await openNew(editor, 'comment');
    await editor.openWith('#node-input-btn-domain-edit');
    const answers: HeldAnswers = await holdAnswers(page, 'test');
    await page.click('.connect-cases-test');
    await answers.asked(1);
    await page.fill('#node-config-input-region', 'eu-central-1');
    await page.click('.connect-cases-test');
    await answers.asked(2);
    const report = page.locator('.connect-cases-report');
    await answers.answer(1);
    assert.match(await report.innerText(), /eu-central-1/);
    await answers.answer(0);
    assert.match(await report.innerText(), /eu-central-1/);
    await page.click('.connect-cases-test');
    await answers.asked(1);
    await page.click('.connect-cases-policy');
    await answers.stop();
    assert.match(await report.innerText(), /"Version"/);
    await editor.cancel();
    await discard(editor, id);
  });

  it('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
