import assert from 'node:assert/strict';
import type { Request } from 'playwright-core';
import { lookUpPath } from '../../src/definition/look-up-protocol';
import { demo } from '../../src/emulator';
import type { EditorPage } from '../support/editor-page';
import { discard, openNew } from './new-node';
import { demoDomain, startSession } from './session';

const [freezer] = demo.cases;

describe('where a value comes from, in a real browser', function () {
  this.timeout(300_000);
  const session = startSession(demoDomain);
  let editor: EditorPage;
  before(() => {
    ({ editor } = session);
  });
  const saved = (id: string, name: string) => editor.page.evaluate(`RED.nodes.node('${id}').${name}`);

  for (const [type, text, reason] of [
    ['msg', 'alarm..text', /^Text: Invalid property expression/],
    ['flow', 'two words', /^Text: Invalid property expression/],
    ['jsonata', '$sum(', /^Text: Invalid JSONata expression/],
  ] as const) {
    it(`is said to be wrong where ${type} can't hold it, and Done marks the node`, async () => {
      const id = await openNew(editor, 'comment');
      await editor.type('body', type, text);
      assert.match(await editor.line('reason', 'body').innerText(), reason);
      assert.equal(await editor.typed('body').getAttribute('aria-invalid'), 'true');
      await editor.done();
      assert.match(String(await saved(id, 'validationErrors')), reason);
      await editor.edit(id);
      await discard(editor, id);
    });
  }

  for (const [type, text] of [
    ['msg', 'alarm["text of it"][0]'],
    ['flow', '#:(file)::alarm.text'],
    ['jsonata', '"It is " & payload & " °C"'],
    ['env', 'ALARM_TEXT'],
  ] as const) {
    it(`may be ${text} (${type})`, async () => {
      const id = await openNew(editor, 'comment');
      await editor.type('body', type, text);
      await editor.done();
      assert.deepEqual(await saved(id, 'validationErrors'), []);
      assert.equal(await saved(id, 'body'), text);
      await editor.edit(id);
      await discard(editor, id);
    });
  }

  it('is said to be wrong in a row of a list, too, and once', async () => {
    const id = await openNew(editor, 'find-or-create-case');
    const { page } = editor;
    await editor.pick(page.locator('.connect-cases-id'), 'Mach', 'Machine');
    await editor.chooseFrom(
      page.locator('.connect-cases-row .red-ui-typedInput-type-select'),
      'a[value="jsonata"]',
    );
    const value = page.locator('.connect-cases-row .red-ui-typedInput-input');
    await value.fill('$uppercase(');
    await value.blur();
    await page
      .locator('.connect-cases-row .connect-cases-reason')
      .filter({ hasText: 'Value: Invalid JSONata' })
      .waitFor();
    const reasons = page.locator('.connect-cases-wide .connect-cases-reason:visible');
    assert.equal(await reasons.count(), 1);
    await value.fill('$uppercase(topic)');
    await value.blur();
    await page
      .locator('.connect-cases-row .connect-cases-reason')
      .filter({ hasText: /^$/ })
      .waitFor({ state: 'attached' });
    await discard(editor, id);
  });

  it('asks the service for nothing but what is typed, also when the source changes', async () => {
    const id = await openNew(editor, 'comment');
    const asked: string[] = [];
    const listen = (request: Request) => {
      if (request.url().includes(lookUpPath)) asked.push(request.postData() ?? '');
    };
    editor.page.on('request', listen);
    await editor.pickTyped('caseId', 'Freez', freezer.title);
    editor.page.off('request', listen);
    assert.ok(asked.length > 0);
    assert.deepEqual(
      asked.filter((question) => question.includes('"caseId"')),
      [],
    );
    await discard(editor, id);
  });

  it('is what a new node has, where a flow that was written by hand says nothing', async () => {
    const [comment, update] = await editor.page.evaluate<string[][]>(
      `['comment', 'update-case'].map((base) => {
         const [node] = RED.nodes.import([{ id: 'by-hand-' + base, type: 'connect-cases-' + base, domain: 'local-domain',
           x: 200, y: 400, z: RED.workspaces.active() }]).nodes;
         RED.editor.validateNode(node);
         return node.validationErrors;
       })`,
    );
    assert.deepEqual(comment, []);
    assert.deepEqual(update, ['Fields is missing.']);
  });

  describe('in a subflow whose users choose the domain', () => {
    const domain = ['$', '{DOMAIN}'].join('');
    before(() =>
      editor.page.evaluate(
        `(RED.nodes.import(${JSON.stringify([
          {
            id: 'subflow',
            type: 'subflow',
            name: 'Alarm',
            in: [],
            out: [],
            env: [
              {
                name: 'DOMAIN',
                type: 'connect-cases-domain',
                value: 'local-domain',
                ui: { type: 'conf-types', label: { 'en-US': 'Where alarms go' } },
              },
            ],
          },
          { id: 'within', type: 'connect-cases-comment', z: 'subflow', x: 200, y: 100, domain },
        ])}), RED.workspaces.show('subflow'))`,
      ),
    );

    it('nothing is said to be missing, and names are those of the domain that is proposed to them', async () => {
      await editor.edit('within');
      const { page } = editor;
      assert.equal(
        await page.locator('#node-input-domain option:checked').innerText(),
        '[env] Where alarms go',
      );
      assert.deepEqual(await page.locator('.connect-cases-reason:visible').allInnerTexts(), []);
      await editor.pickTyped('caseId', 'Freez', 'Freezer 7 in Hamburg too warm');
      await editor.done();
      assert.deepEqual(await saved('within', 'validationErrors'), []);
      assert.equal(await saved('within', 'domain'), domain);
    });

    it('its nodes count for the policy of that domain', async () => {
      const { page } = editor;
      await page.evaluate(`RED.editor.editConfig('', 'connect-cases-domain', 'local-domain')`);
      await page.locator('.connect-cases-policy').click();
      const policy = JSON.parse((await page.locator('.connect-cases-report pre').textContent()) ?? '');
      assert.deepEqual(policy.Statement[0].Condition.StringEqualsIfExists['cases:RelatedItemType'], [
        'Comment',
      ]);
      await editor.settled();
      await editor.cancel();
    });
  });

  it('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
