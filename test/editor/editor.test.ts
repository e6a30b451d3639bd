import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { Editor, findBrowser, launch } from './browser';
import { configNodes, deploy, keys } from './flow';
import { type NodeRed, startNodeRed } from './node-red';

/** Set while the pictures of the documentation are taken: `SCREENSHOTS=docs/images npx mocha …`. */
const pictures = process.env.SCREENSHOTS;
const [freezer, pump] = demo.cases;

/** How a person fills the form of each item node, and what then stands in it. */
const items: Readonly<
  Record<
    string,
    { label: string; fill(editor: Editor): Promise<void>; saved: object; bad: [string, string, string] }
  >
> = {
  comment: {
    label: 'create comment: Freezer 7 is at -11 °C',
    fill: (editor) => editor.type('body', 'str', 'Freezer 7 is at -11 °C'),
    saved: { body: 'Freezer 7 is at -11 °C', bodyType: 'str' },
    bad: ['body', 'str', ''],
  },
  contact: {
    label: 'link contact',
    fill: (editor) => editor.type('contactArn', 'str', demo.contactArn),
    saved: { contactArn: demo.contactArn },
    bad: ['contactArn', 'str', 'a'.repeat(501)],
  },
  file: {
    label: 'attach file',
    fill: (editor) => editor.type('fileArn', 'str', demo.fileArn),
    saved: { fileArn: demo.fileArn },
    bad: ['fileArn', 'str', 'a'.repeat(501)],
  },
  sla: {
    label: 'add SLA: First response, 1680 min',
    async fill(editor) {
      await editor.type('slaName', 'str', 'First response');
      await editor.type('targetSlaMinutes', 'num', '1680');
      await editor.type('fieldId', 'str', '');
      await editor.pick(editor.typed('fieldId'), 'stat', 'Status');
      await editor.type('targetFieldValues', 'str', '');
      await editor.pick(editor.typed('targetFieldValues'), 'clo', 'Closed');
      assert.match(await editor.page.locator('#node-input-targetSlaMinutes-hint').innerText(), /1 day.* 4 h/);
      const preview = JSON.parse((await editor.page.locator('.connect-cases-preview').textContent()) ?? '');
      assert.deepEqual(preview.content.sla.slaInputConfiguration, {
        name: 'First response',
        type: 'CaseField',
        fieldId: 'status',
        targetFieldValues: [{ stringValue: 'closed' }],
        targetSlaMinutes: 1680,
      });
    },
    saved: {
      slaName: 'First response',
      targetSlaMinutes: '1680',
      fieldId: 'status',
      targetFieldValues: 'closed',
    },
    bad: ['targetSlaMinutes', 'num', '0'],
  },
  'connect-case': {
    label: 'link case',
    async fill(editor) {
      await editor.type('relatedCaseId', 'str', '');
      await editor.pick(editor.typed('relatedCaseId'), 'Pump', pump.title);
    },
    saved: { relatedCaseId: pump.id },
    bad: ['relatedCaseId', 'str', ''],
  },
  custom: {
    label: 'custom item',
    async fill(editor) {
      await editor.page.evaluate(`$('#node-input-fields').typedInput('type', 'rows')`);
      await editor.page.locator('.red-ui-editableList-addButton').click();
      await editor.pick(editor.page.locator('.connect-cases-id'), 'mach', 'Machine');
      await editor.page.locator('.connect-cases-value-box input.red-ui-typedInput-input').fill('Freezer 7');
    },
    saved: { fieldsType: 'rows', rows: [{ id: demo.fields.machine, value: 'Freezer 7', valueType: 'str' }] },
    bad: ['fields', 'json', '{'],
  },
};

const executable = findBrowser();

describe('the editor in a real browser', function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let nodeRed: NodeRed;
  let browser: Browser;
  let editor: Editor;

  before(async function () {
    if (!executable) {
      console.log(
        '    No Chromium or Chrome is installed (or set CHROME_PATH): the browser tests are skipped.',
      );
      this.skip();
    }
    if (pictures) mkdirSync(resolve(pictures), { recursive: true });
    emulator = await startEmulator({ quota: 'unlimited' });
    nodeRed = await startNodeRed();
    await deploy(nodeRed.url, configNodes(emulator.url, demo));
    browser = await launch(executable);
    editor = await Editor.open(browser, nodeRed);
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
    await emulator?.close();
  });

  for (const [base, { label, fill, saved, bad }] of Object.entries(items)) {
    describe(base, () => {
      const type = `connect-cases-${base}`;
      let id: string;

      it('is dragged in, filled by picking and deployed; the ARN shows and the item is in the service', async () => {
        await editor.clear();
        const inject = await editor.drag('inject', 150, 300);
        id = await editor.drag(type, 400, 300);
        const debug = await editor.drag('debug', 650, 300);
        await editor.wire(inject, id);
        await editor.wire(id, debug);
        await editor.edit(id);
        await editor.page.selectOption('#node-input-domain', 'local-domain');
        await editor.type('caseId', 'str', '');
        await editor.pick(editor.typed('caseId'), 'Freez', freezer.title);
        await fill(editor);
        await editor.picture(pictures, base);
        await editor.done();
        await editor.deploy();
        const before = count(emulator);
        await editor.inject(inject);
        assert.match(await editor.debugText(), /^"arn:aws:cases:us-east-1:123456789012:domain\//);
        assert.equal(count(emulator), before + 1);
      });

      it('shows what was saved after a reload', async () => {
        await editor.reload();
        await editor.edit(id);
        await editor.done();
        const kept = await editor.page.evaluate<Record<string, unknown>>(
          `RED.nodes.createExportableNodeSet([RED.nodes.node('${id}')])[0]`,
        );
        assert.deepEqual(Object.fromEntries(Object.keys(saved).map((name) => [name, kept[name]])), saved);
        const shown = await editor.page.evaluate(`RED.utils.getNodeLabel(RED.nodes.node('${id}'))`);
        assert.equal(shown, label);
        await editor.edit(id);
        assert.equal(await editor.typed('caseId').inputValue(), freezer.id);
      });

      it('has no serious accessibility problem', async () => {
        assert.deepEqual(await editor.seriousProblems(), []);
      });

      it('gives the reason for a bad value', async () => {
        const [name, valueType, text] = bad;
        await editor.type(name, valueType, text);
        await editor.done();
        const reasons = await editor.page.evaluate<string[]>(`RED.nodes.node('${id}').validationErrors`);
        assert.equal(reasons.length, 1);
        assert.match(String(reasons[0]), /^[\w ]+ (is missing|has 501 characters|is 0|is not valid JSON)/);
      });
    });
  }

  describe('domain', () => {
    it('offers the domains of the account by name, and tests the connection', async () => {
      await editor.reload();
      await editor.editConfig('connect-cases-domain', 'local-domain');
      await editor.pick(editor.page.locator('#node-config-input-domainId'), 'dem', 'demo');
      assert.equal(await editor.page.inputValue('#node-config-input-domainId'), demo.domainId);
      await editor.page.click('.connect-cases-test');
      await editor.page.waitForSelector('.connect-cases-report >> text=cases:ListFieldOptions works');
      await editor.picture(pictures, 'domain');
      assert.deepEqual(await editor.seriousProblems(), []);
    });

    it('names the permission that is missing', async () => {
      emulator.setDenied(['cases:GetDomain']);
      await editor.page.click('.connect-cases-test');
      await editor.page.waitForSelector('.connect-cases-report >> text=cases:GetDomain is not allowed');
      emulator.setDenied([]);
      await editor.done(true);
    });
  });

  describe('credentials', () => {
    it('shows no stored secret, and copies the smallest policy', async () => {
      await editor.editConfig('connect-cases-credentials', 'local-keys');
      assert.equal(await editor.page.inputValue('#node-config-input-accessKeyId'), keys.accessKeyId);
      assert.notEqual(
        await editor.page.inputValue('#node-config-input-secretAccessKey'),
        keys.secretAccessKey,
      );
      await editor.page.click('.connect-cases-policy');
      await editor.page.waitForSelector('.connect-cases-report >> text=cases:CreateRelatedItem');
      await editor.picture(pictures, 'credentials');
      assert.deepEqual(await editor.seriousProblems(), []);
      await editor.done(true);
    });

    it('keeps secrets out of an export', async () => {
      const exported = await editor.page.evaluate<string>(
        'JSON.stringify(RED.nodes.createCompleteNodeSet({ credentials: false }))',
      );
      assert.match(exported, /connect-cases-credentials/);
      assert.doesNotMatch(exported, new RegExp(`${keys.secretAccessKey}|${keys.accessKeyId}`));
    });
  });

  for (const [language, words] of [
    ['de', ['Domäne', 'SLA-Name', 'Zielwert']],
    ['ja', ['ドメイン', 'SLA 名', '目標値']],
  ] as const) {
    it(`speaks ${language}`, async () => {
      const foreign = await Editor.open(browser, nodeRed, { locale: language });
      const id = await foreign.drag('connect-cases-sla', 300, 500);
      await foreign.edit(id);
      const form = await foreign.page.locator('.connect-cases').innerText();
      for (const word of words) assert.ok(form.includes(word), form);
      await foreign.picture(pictures, `sla-${language}`);
      assert.deepEqual(foreign.errors, []);
      await foreign.page.context().close();
    });
  }

  describe('the page', () => {
    it('is dark where Node-RED is, with no colour of our own in the way', async () => {
      const dark = await Editor.open(browser, nodeRed, { colorScheme: 'dark' });
      await dark.page.evaluate(`document.documentElement.classList.add('nr-theme-dark')`);
      const id = await dark.drag('connect-cases-comment', 300, 560);
      await dark.edit(id);
      await dark.picture(pictures, 'comment-dark');
      assert.deepEqual(await dark.seriousProblems(), []);
      await dark.page.context().close();
    });

    it('raised no error in its console', () => {
      assert.deepEqual(editor.errors, []);
    });
  });
});

const count = ({ service }: Emulator): number =>
  [...service.state.cases.values()].reduce((sum, { items: found }) => sum + found.length, 0);
