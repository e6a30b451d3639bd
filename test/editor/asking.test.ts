import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { boxOf, type EditorPage } from '../support/editor-page';
import { holdAnswers } from './held-answers';
import { discard } from './new-node';
import { demoDomain, startSession } from './session';

const [freezer, pump, door] = demo.cases;

describe('forms that ask the question of who fills them, in a real browser', function () {
  this.timeout(300_000);
  const session = startSession(demoDomain);
  let editor: EditorPage;
  before(() => {
    ({ editor } = session);
  });

  /** Drags a node in and opens its form, with nothing done to it. */
  async function openFresh(base: string): Promise<string> {
    const id = await editor.drag(`connect-cases-${base}`, 300, 300);
    await editor.edit(id);
    return id;
  }
  const source = (name: string) =>
    editor.page.locator(`.connect-cases-sourced:has(#node-input-${name}) > select`);
  const reasons = () => editor.page.locator('.connect-cases-reason:visible').allInnerTexts();
  const labels = () => editor.page.locator('.connect-cases .form-row:visible > label').allInnerTexts();
  const saved = <Value>(id: string, name: string) =>
    editor.page.evaluate<Value>(`RED.nodes.node('${id}').${name}`);

  describe('a new form', () => {
    it('has the only domain there is, and no red sentence before anything is typed', async () => {
      const id = await openFresh('comment');
      assert.equal(await editor.page.inputValue('#node-input-domain'), 'local-domain');
      assert.deepEqual(await reasons(), []);
      await editor.page.fill('#node-input-output', '');
      assert.deepEqual(await reasons(), ['ARN goes to msg. is missing.']);
      await discard(editor, id);
    });

    it('of a domain and of credentials has no red sentence either', async () => {
      const id = await openFresh('comment');
      await editor.openWith('#node-input-btn-domain-add');
      assert.deepEqual(await reasons(), []);
      await editor.openWith('#node-config-input-btn-auth-add');
      await editor.page.selectOption('#node-config-input-method', 'keys');
      assert.deepEqual(await reasons(), []);
      await editor.page.fill('#node-config-input-secretAccessKey', 'x');
      await editor.page.fill('#node-config-input-secretAccessKey', '');
      assert.deepEqual(await reasons(), ['Secret access key is missing.']);
      await editor.cancel();
      await editor.cancel();
      await discard(editor, id);
    });

    it('of a custom item begins with its list of fields', async () => {
      const id = await openFresh('custom');
      await editor.page.locator('.red-ui-editableList-addButton').waitFor();
      await editor.done();
      assert.equal(await saved(id, 'fieldsType'), 'rows');
      await editor.edit(id);
      await discard(editor, id);
    });

    it('of an SLA takes a name, a duration and when it is met, and no menu of types', async () => {
      const id = await openFresh('sla');
      assert.deepEqual((await labels()).slice(3, 7), ['This SLA', 'SLA name', 'Minutes', 'Until']);
      assert.equal(await editor.page.locator('.red-ui-typedInput-type-select:visible').count(), 1);
      await editor.typed('slaName').fill('First response');
      await editor.typed('targetSlaMinutes').fill('4 h');
      await editor.typed('targetFieldValues').press('Tab');
      assert.equal(await editor.line('hint', 'targetSlaMinutes').innerText(), '4 hours');
      await editor.page.waitForFunction(
        `$('#node-input-targetFieldValues').typedInput('value') === 'closed' &&
         $('#node-input-targetFieldValues').next().find('input').val() === 'Closed'`,
      );
      await editor.done();
      assert.deepEqual(
        [
          await saved(id, 'slaName'),
          await saved(id, 'targetSlaMinutes'),
          await saved(id, 'targetSlaMinutesType'),
          await saved(id, 'fieldId'),
          await saved(id, 'targetFieldValues'),
          await saved(id, 'valid'),
        ],
        ['First response', '240', 'num', 'status', 'closed', true],
      );
      await editor.edit(id);
      assert.equal(await editor.typed('targetSlaMinutes').inputValue(), '4 h');
      await editor.page.selectOption('#connect-cases-mode', 'sources');
      assert.equal(await editor.typed('slaName').inputValue(), 'payload.name');
      await discard(editor, id);
    });
  });

  describe('a case', () => {
    it('comes from the message, or is a fixed one, picked from the recent ones by its name', async () => {
      const id = await openFresh('comment');
      assert.deepEqual(await source('caseId').locator('option').allInnerTexts(), [
        'from the message',
        'a fixed case',
        'more…',
      ]);
      await source('caseId').selectOption({ label: 'a fixed case' });
      await editor.choices.filter({ hasText: door.title }).waitFor();
      await editor.choices.filter({ hasText: pump.title }).click();
      assert.equal(await editor.typed('caseId').inputValue(), pump.title);
      assert.equal(await editor.line('hint', 'caseId').innerText(), pump.id);
      await editor.done();
      assert.deepEqual([await saved(id, 'caseId'), await saved(id, 'caseIdType')], [pump.id, 'str']);
      await editor.edit(id);
      await discard(editor, id);
    });

    it('keeps the text of each source to itself', async () => {
      const id = await openFresh('comment');
      await source('caseId').selectOption('fixed');
      assert.equal(await editor.typed('caseId').inputValue(), '');
      await editor.typed('caseId').fill(freezer.id);
      await source('caseId').selectOption('more');
      assert.equal(await editor.typed('caseId').inputValue(), '');
      await source('caseId').selectOption('msg');
      assert.equal(await editor.typed('caseId').inputValue(), 'caseId');
      await source('caseId').selectOption('fixed');
      await editor.page.waitForFunction(
        `$('#node-input-caseId').typedInput('value') === ${JSON.stringify(freezer.id)}`,
      );
      await discard(editor, id);
    });

    it('is taken by its whole name, too', async () => {
      const id = await openFresh('comment');
      await source('caseId').selectOption('fixed');
      await editor.typed('caseId').fill(pump.title);
      await editor.typed('caseId').press('Tab');
      await editor.line('hint', 'caseId').filter({ hasText: pump.id }).waitFor();
      await discard(editor, id);
    });
  });

  describe('Done marks', () => {
    it('a text that is neither the id nor the name of a case', async () => {
      const id = await openFresh('comment');
      await source('caseId').selectOption('fixed');
      await editor.typed('caseId').fill('nobody');
      await editor.typed('caseId').press('Tab');
      const reason = 'Case: there is no such id or name. Pick one from the list.';
      await editor.line('reason', 'caseId').filter({ hasText: reason }).waitFor();
      await editor.done();
      assert.deepEqual(await saved(id, 'validationErrors'), [reason]);
      await editor.edit(id);
      await discard(editor, id);
    });

    it('it, too, where the answer comes after Done', async () => {
      const id = await openFresh('comment');
      await source('caseId').selectOption('fixed');
      const answers = await holdAnswers(editor.page, 'case');
      await editor.typed('caseId').fill('nobody-else');
      await editor.done();
      assert.equal(await saved(id, 'valid'), true);
      await answers.stop();
      await editor.page.waitForFunction(`RED.nodes.node('${id}').valid === false`);
      await editor.edit(id);
      await discard(editor, id);
    });

    it('an option without a value', async () => {
      const id = await openFresh('custom');
      await editor.page.click('.red-ui-editableList-addButton');
      await editor.pick(editor.page.locator('.connect-cases-id').last(), 'sever', 'Severity');
      await editor.done();
      assert.deepEqual(await saved(id, 'validationErrors'), ['Value is missing.']);
      await editor.edit(id);
      await discard(editor, id);
    });

    it('a domain that the keys do not list, and a region that is none, and offers the nearest one', async () => {
      const { page } = editor;
      const id = await openFresh('comment');
      await editor.openWith('#node-input-btn-domain-edit');
      await page.fill('#node-config-input-domainId-box', 'another');
      await page.locator('#node-config-input-domainId-box').press('Tab');
      await editor.line('reason', 'domainId').filter({ hasText: 'there is no such id or name' }).waitFor();
      for (const [text, nearest] of [
        ['EU Central 1', 'eu-central-1'],
        ['Frankfurt', 'eu-central-1'],
        ['us-east1', 'us-east-1'],
        ['US-WEST-2', 'us-west-2'],
      ] as const) {
        await page.fill('#node-config-input-region', text);
        assert.match(await editor.line('reason', 'region').innerText(), /has to look like eu-central-1/);
        await page.locator('.connect-cases-nearest').click();
        assert.equal(await page.inputValue('#node-config-input-region'), nearest);
        assert.equal(await editor.line('reason', 'region').innerText(), '');
      }
      await editor.cancel();
      await discard(editor, id);
    });
  });

  describe('what goes with an answer is said below it', () => {
    it('where keys are found in the AWS console', async () => {
      const id = await openFresh('comment');
      await editor.openWith('#node-input-btn-domain-edit');
      await editor.openWith('#node-config-input-btn-auth-edit');
      const label = editor.page.locator('label[for="node-config-input-method"]');
      assert.equal(await label.innerText(), 'Where do your AWS keys come from?');
      for (const [method, where] of [
        ['default', 'Modify IAM role'],
        ['keys', 'Create access key'],
        ['profile', 'aws configure list-profiles'],
        ['role', 'IAM › Roles'],
        ['webIdentity', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
      ] as const) {
        await editor.page.selectOption('#node-config-input-method', method);
        assert.ok((await editor.line('hint', 'method').innerText()).includes(where), method);
      }
      await editor.cancel();
      await editor.cancel();
      await discard(editor, id);
    });

    it('the city of a region, in the list and below', async () => {
      const id = await openFresh('comment');
      await editor.openWith('#node-input-btn-domain-edit');
      const region = editor.page.locator('#node-config-input-region');
      await region.fill('');
      await region.pressSequentially('frankf');
      await editor.choices.filter({ hasText: 'eu-central-1' }).filter({ hasText: 'Frankfurt' }).click();
      assert.equal(await region.inputValue(), 'eu-central-1');
      assert.equal(await editor.line('hint', 'region').innerText(), 'Frankfurt');
      await editor.cancel();
      await discard(editor, id);
    });

    it('whom agents see as the author, and what the ARN replaces', async () => {
      const id = await openFresh('comment');
      const author = () => editor.line('hint', 'performedByKind').innerText();
      assert.match(await author(), /AWS user or role of the credentials/);
      await editor.page.selectOption('#node-input-performedByKind', 'customEntity');
      await editor.type('performedBy', 'str', 'Freezer monitor');
      assert.equal(await author(), 'Agents see: Freezer monitor');
      await editor.page.selectOption('#node-input-performedByKind', 'userArn');
      assert.match(await author(), /name of that user/);
      await editor.page.selectOption('#node-input-performedByKind', 'inherit');
      assert.match(await editor.line('hint', 'output').innerText(), /^Replaces what is in msg\.payload;/);
      await editor.page.fill('#node-input-output', 'connect.arn');
      assert.match(await editor.line('hint', 'output').innerText(), /msg\.connect\.arn;/);
      await discard(editor, id);
    });
  });

  it('has its plus and its pencil in reach of the keyboard', async () => {
    const id = await openFresh('comment');
    const { keyboard } = editor.page;
    const focused = () => editor.page.evaluate<string>('document.activeElement.id');
    await editor.page.focus('#node-input-domain');
    await keyboard.press('Tab');
    assert.equal(await focused(), 'node-input-btn-domain-edit');
    await keyboard.press('Tab');
    assert.equal(await focused(), 'node-input-btn-domain-add');
    await keyboard.press('Enter');
    await editor.page.waitForSelector('#node-config-input-region', { state: 'visible' });
    await editor.settled();
    await editor.cancel();
    await discard(editor, id);
  });

  for (const base of ['comment', 'sla', 'custom']) {
    it(`keeps every row of ${base} within a narrow tray`, async () => {
      const id = await openFresh(base);
      if (base === 'custom') await editor.page.click('.red-ui-editableList-addButton');
      for (const width of [500, 320, 260]) {
        await editor.page.evaluate(`$('.connect-cases').css({ width: '${width}px', overflowY: 'scroll' })`);
        // What observes its size is told when it is drawn.
        await editor.page.evaluate(
          'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
        );
        const form = await boxOf(editor.page.locator('.connect-cases'));
        const inputs = editor.page.locator(
          '.connect-cases :is(input, select, .red-ui-typedInput-container, a.red-ui-button):visible',
        );
        for (const input of await inputs.all()) {
          const box = await boxOf(input);
          assert.ok(box.x >= form.x && box.x + box.width <= form.x + form.width, `${base} at ${width}`);
          assert.ok(box.width >= 13, `${base} at ${width}: ${await input.getAttribute('id')}`);
        }
      }
      await discard(editor, id);
    });
  }

  it('is found in the palette by what people look for', async () => {
    const search = editor.page.locator('#red-ui-palette-search input');
    for (const word of ['aws', 'amazon', 'alarm', 'ticket']) {
      await search.pressSequentially(word);
      const ours = editor.page.locator('.red-ui-palette-node[data-palette-type="connect-cases-comment"]');
      await ours.waitFor();
      const inject = editor.page.locator('.red-ui-palette-node[data-palette-type="inject"]');
      await inject.waitFor({ state: 'hidden' });
      await search.fill('');
      await search.press('Backspace');
      await editor.page.waitForFunction(`$('.red-ui-palette-node[data-filter]').length === 0`);
    }
  });

  it('has validators with exactly the two parameters that make reasons show', async () => {
    const parameters = await editor.page.evaluate<number[]>(
      `RED.nodes.registry.getNodeTypes().filter((type) => type.startsWith('connect-cases-')).map(RED.nodes.getType)
         .flatMap(({ defaults, credentials = {} }) => [...Object.values(defaults), ...Object.values(credentials)])
         .flatMap(({ validate }) => (validate ? [validate.length] : []))`,
    );
    assert.ok(parameters.length > 20);
    assert.deepEqual([...new Set(parameters)], [2]);
  });

  it('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
