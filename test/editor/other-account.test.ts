import assert from 'node:assert/strict';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import type { Case, Field, Template } from '../../src/emulator/state/state';
import { configNodes, deploy } from '../support/deployed-flow';
import { EditorPage } from '../support/editor-page';
import { addRow, rowValue } from './items';
import { discard, openNew } from './new-node';
import { startServers } from './session';

const [freezer, pump] = demo.cases;
const otherTitle = 'Freezer of the other account';

describe('names in a form whose domain is changed, in a real browser', function () {
  this.timeout(120_000);
  const servers = startServers();
  let other: Emulator;
  let editor: EditorPage;
  before(async () => {
    const { emulator, nodeRed, browser } = servers;
    other = await startEmulator({ quota: 'unlimited' });
    const { cases } = other.service.state;
    const known = cases.get(freezer.id) as Case;
    cases.set(freezer.id, { ...known, fields: { ...known.fields, title: { stringValue: otherTitle } } });
    cases.delete(pump.id);
    (other.service.domain.fields as Map<string, Field>).delete(demo.fields.machine);
    const templates = emulator.service.domain.templates as Map<string, Template>;
    for (const id of templates.keys()) if (id !== demo.alarmTemplateId) templates.delete(id);
    (other.service.domain.templates as Map<string, Template>).delete(demo.alarmTemplateId);
    const nodes = configNodes(emulator.url, demo);
    const otherDomain = { ...nodes.at(-1), id: 'other-domain', name: 'other', endpoint: other.url };
    await deploy(nodeRed.url, [...nodes, otherDomain]);
    editor = await EditorPage.open(browser, nodeRed);
  });
  after(() => other?.close());

  const choose = (domain: string) => editor.page.selectOption('#node-input-domain', domain);
  const shows = (text: string) =>
    editor.page.waitForFunction(
      `$('#node-input-caseId + .red-ui-typedInput-container .red-ui-typedInput-input').val() === '${text}'`,
    );
  const saved = (id: string) => editor.page.evaluate<string>(`RED.nodes.node('${id}').caseId`);

  it('are those of the new account, for the ids that were chosen', async () => {
    const id = await openNew(editor, 'comment');
    await editor.pickTyped('caseId', 'Freez', freezer.title);
    await choose('other-domain');
    await shows(otherTitle);
    assert.equal(await editor.line('hint', 'caseId').innerText(), freezer.id);
    await choose('local-domain');
    await shows(freezer.title);
    await editor.done();
    assert.equal(await saved(id), freezer.id);
    await editor.edit(id);
    await discard(editor, id);
  });

  it('give way to an id that the new account does not have, and come back with the old one', async () => {
    const id = await openNew(editor, 'comment');
    await editor.pickTyped('caseId', 'Pump', pump.title);
    await choose('other-domain');
    const reason = editor.line('reason', 'caseId').filter({ hasText: 'there is no such id or name' });
    await reason.waitFor();
    assert.equal(await editor.typed('caseId').inputValue(), pump.id);
    assert.equal(await editor.line('hint', 'caseId').innerText(), '');
    await choose('local-domain');
    await shows(pump.title);
    await reason.waitFor({ state: 'hidden' });
    await discard(editor, id);
  });

  it('that came by themselves do so, too', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    const box = `$('#node-input-templateId-box').val()`;
    await editor.page.waitForFunction(`${box} === 'Machine alarm'`);
    await choose('other-domain');
    const reason = editor.line('reason', 'templateId').filter({ hasText: 'there is no such id or name' });
    await reason.waitFor();
    assert.equal(await editor.page.evaluate(box), demo.alarmTemplateId);
    await choose('local-domain');
    await editor.page.waitForFunction(`${box} === 'Machine alarm'`);
    await reason.waitFor({ state: 'hidden' });
    await discard(editor, id);
  });

  it('of the fields in a list do so, too', async () => {
    const id = await openNew(editor, 'custom');
    await editor.chooseType(editor.typed('fields'), 'rows');
    await addRow(editor, 'mach', 'Machine');
    await rowValue(editor).fill('Freezer 7');
    await choose('other-domain');
    const reason = editor.page
      .locator('.connect-cases-row .connect-cases-reason')
      .filter({ hasText: 'there is no such id or name' });
    await reason.waitFor();
    await choose('local-domain');
    await reason.waitFor({ state: 'hidden' });
    assert.equal(await editor.page.locator('.connect-cases-id').last().inputValue(), 'Machine');
    await discard(editor, id);
  });

  it('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
