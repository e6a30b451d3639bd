import assert from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { demo, type Emulator } from '../../src/emulator';
import { keys } from '../support/deployed-flow';
import type { EditorPage } from '../support/editor-page';
import { seriousProblems } from './accessibility';
import { items } from './items';
import { pictureForm } from './pictures';
import { startSession } from './session';

const [freezer] = demo.cases;
const environment = ['$', '{REGION}'].join('');
/** The item nodes whose forms the documentation shows. */
const pictured = ['comment', 'sla', 'custom'];
const fieldOf = (name: string) => `#node-config-input-${name}`;
/** Where the name of what the field holds stands. */
const boxOf = (name: string) => `${fieldOf(name)}-box`;

describe('a flow made in a real browser', function () {
  this.timeout(300_000);
  this.bail(true); // One story: after a step that failed, the next ones would only wait in vain.
  const session = startSession();
  const ids = new Map<string, { readonly inject: string; readonly item: string }>();
  const idOf = (base: string) => ids.get(base)?.item ?? '';
  let editor: EditorPage;
  before(() => {
    editor = session.editor;
  });

  it('has its domain and credentials added with the plus buttons, from within an item node', async () => {
    const { page } = editor;
    ids.set('comment', await row(editor, 'comment', 0));
    await editor.edit(idOf('comment'));
    await editor.openWith('#node-input-btn-domain-add');
    await editor.openWith('#node-config-input-btn-auth-add');
    await page.fill(fieldOf('name'), 'Local keys');
    await page.selectOption(fieldOf('method'), 'keys');
    await page.fill(fieldOf('accessKeyId'), keys.accessKeyId);
    await page.fill(fieldOf('secretAccessKey'), keys.secretAccessKey);
    await editor.done();
    await page.fill(fieldOf('name'), 'Support');
    await editor.pick(page.locator(fieldOf('region')), 'us-ea', 'us-east-1');
    await page.locator('summary', { hasText: 'Endpoint' }).click();
    await page.fill(fieldOf('endpoint'), session.emulator.url);
    await editor.pick(page.locator(boxOf('domainId')), 'dem', 'demo');
    assert.equal(await page.inputValue(fieldOf('domainId')), demo.domainId);
    await editor.done();
    const chosen = await page.locator('#node-input-domain option:checked').innerText();
    assert.equal(chosen, 'Support');
    await editor.done();
  });

  for (const [index, { base, fill, content }] of items.entries()) {
    it(`has ${base} dragged in, filled by picking and deployed; the ARN shows and the item is in the service`, async () => {
      if (index > 0) ids.set(base, await row(editor, base, index));
      const { inject, item } = ids.get(base) ?? { inject: '', item: '' };
      await editor.edit(item);
      await editor.page.selectOption('#node-input-domain', { label: 'Support' });
      await editor.pickTyped('caseId', 'Freez', freezer.title);
      await fill(editor);
      const preview = JSON.parse((await editor.page.locator('.connect-cases-preview').textContent()) ?? '');
      assert.deepEqual(preview.content, content);
      assert.deepEqual(await seriousProblems(editor), []);
      await editor.done();
      await editor.deploy();
      const arn = await editor.inject(inject);
      assert.ok(arn.startsWith(`"arn:aws:cases:us-east-1:123456789012:domain/${demo.domainId}`), arn);
      const created = lastItem(session.emulator);
      assert.deepEqual(created?.content, content);
      await editor
        .statusOf(item)
        .filter({ hasText: /^.+ · \d\d:\d\d$/ })
        .waitFor();
    });
  }

  it('delivers from all its nodes', async () => {
    for (const { inject, item } of ids.values()) {
      await editor.inject(inject);
      await editor
        .statusOf(item)
        .filter({ hasText: /^.+ · \d\d:\d\d$/ })
        .waitFor();
    }
  });

  it('exports without its secrets', async () => {
    await editor.page.evaluate(`RED.actions.invoke('core:show-export-dialog')`);
    await editor.page.click('#red-ui-clipboard-dialog-export-rng-full');
    const exported = await editor.page.inputValue('#red-ui-clipboard-dialog-export-text');
    assert.match(exported, /"connect-cases-credentials"/);
    assert.doesNotMatch(exported, new RegExp(`${keys.secretAccessKey}|${keys.accessKeyId}`));
    await editor.page.keyboard.press('Escape');
  });

  describe('after a reload', () => {
    before(() => editor.reload());

    for (const { base, label, saved, bad } of items) {
      it(`shows what was saved in ${base}, the case by its name`, async () => {
        const shown = await editor.page.evaluate(`RED.utils.getNodeLabel(RED.nodes.node('${idOf(base)}'))`);
        assert.equal(shown, label);
        await editor.edit(idOf(base));
        await editor.line('hint', 'caseId').filter({ hasText: freezer.id }).waitFor();
        assert.equal(await editor.typed('caseId').inputValue(), freezer.title);
        if (pictured.includes(base)) await pictureForm(editor, base);
        await editor.done();
        const kept = await editor.page.evaluate<Record<string, unknown>>(
          `RED.nodes.createExportableNodeSet([RED.nodes.node('${idOf(base)}')])[0]`,
        );
        assert.deepEqual(Object.fromEntries(Object.keys(saved).map((name) => [name, kept[name]])), saved);
      });

      it(`gives the reason for a bad value in ${base}`, async () => {
        await editor.edit(idOf(base));
        const [name, type, text, reason] = bad;
        await editor.type(name, type, text);
        assert.equal(await editor.line('reason', name).innerText(), reason);
        assert.equal(await editor.typed(name).getAttribute('aria-invalid'), 'true');
        await editor.done();
        const reasons = await editor.page.evaluate(`RED.nodes.node('${idOf(base)}').validationErrors`);
        assert.deepEqual(reasons, [reason]);
      });
    }

    it('gives the reason for an ARN that has no place to go, and for a text that nobody could read', async () => {
      await editor.edit(idOf('comment'));
      await editor.page.fill('#node-input-output', 'payload[');
      assert.match(
        await editor.line('reason', 'output').innerText(),
        /has to name a property of the message/,
      );
      await editor.type('caseId', 'str', '..');
      assert.match(await editor.line('reason', 'caseId').innerText(), /has dots alone/);
      await editor.type('caseId', 'str', ` ${freezer.id}\t`);
      await editor.page.fill('#node-input-output', ' connect.arn ');
      await editor.line('reason', 'output').waitFor({ state: 'hidden' });
      assert.equal(await editor.line('reason', 'caseId').innerText(), '');
      await editor.cancelAll();
    });

    describe('with the form of the domain open', () => {
      beforeEach(async () => {
        await editor.edit(idOf('contact'));
        await editor.openWith('#node-input-btn-domain-edit');
      });
      afterEach(() => editor.cancelAll());

      it('shows what was saved in the domain, and gives the reason for a bad value', async () => {
        const { page } = editor;
        assert.equal(await page.inputValue(fieldOf('domainId')), demo.domainId);
        assert.equal(await page.inputValue(fieldOf('region')), 'us-east-1');
        assert.equal(await page.inputValue(fieldOf('endpoint')), session.emulator.url);
        await editor.line('hint', 'domainId').filter({ hasText: demo.domainId }).waitFor();
        assert.equal(await page.inputValue(boxOf('domainId')), 'demo');
        await page.fill(fieldOf('region'), 'Frankfurt!');
        await page.locator(fieldOf('region')).blur();
        assert.match(await editor.line('reason', 'region').innerText(), /letters, digits and hyphens/);
        await page.fill(fieldOf('region'), environment);
        await page.locator(fieldOf('region')).blur();
        assert.equal(await editor.line('reason', 'region').innerText(), '');
        await page.locator('summary', { hasText: 'Endpoint' }).click();
        await page.fill(fieldOf('endpoint'), 'cases.example');
        assert.match(await editor.line('reason', 'endpoint').innerText(), /has to look like this: https:/);
        await page.fill(fieldOf('endpoint'), 'http://cases.example');
        assert.equal(await editor.line('reason', 'endpoint').innerText(), '');
        assert.match(await editor.line('hint', 'endpoint').innerText(), /Not encrypted/);
        await page.fill(fieldOf('endpoint'), session.emulator.url);
        assert.equal(await editor.line('hint', 'endpoint').innerText(), '');
      });

      it('says why messages wait in memory, where this Node.js has no SQLite, unless that was chosen', async () => {
        const { page } = editor;
        const hasSqlite = process.env.NODE_RED_NODE !== undefined || isBuiltin('node:sqlite');
        await page.locator('summary', { hasText: 'Delivery' }).click();
        assert.equal(await page.inputValue(fieldOf('store')), 'disk');
        const hint = async () => (await editor.line('hint', 'store').allInnerTexts()).join();
        assert.match(await hint(), hasSqlite ? /^$/ : /^This Node.js \(v20\..* messages wait in memory/);
        await page.selectOption(fieldOf('store'), 'memory');
        assert.equal(await hint(), '');
      });

      it('tests the connection of the domain, and names a permission that is missing', async () => {
        const report = editor.page.locator('.connect-cases-report');
        await editor.page.click('.connect-cases-test');
        await report.getByText('cases:ListFieldOptions works').waitFor();
        assert.match(
          await report.innerText(),
          /Region asked: us-east-1\s+sts:GetCallerIdentity works \(arn:aws:/,
        );
        await pictureForm(editor, 'domain');
        assert.deepEqual(await seriousProblems(editor), []);
        session.emulator.setDenied(['cases:GetDomain']);
        await editor.page.click('.connect-cases-test');
        await report
          .getByText('cases:GetDomain is not allowed. Add this action to the IAM policy.')
          .waitFor();
        session.emulator.setDenied([]);
      });

      it('shows the saved credentials without their secret, and copies the smallest policy', async () => {
        const { page } = editor;
        await editor.openWith('#node-config-input-btn-auth-edit');
        assert.equal(await page.inputValue(fieldOf('method')), 'keys');
        assert.equal(await page.inputValue(fieldOf('accessKeyId')), keys.accessKeyId);
        assert.notEqual(await page.inputValue(fieldOf('secretAccessKey')), keys.secretAccessKey);
        assert.equal(await editor.line('reason', 'secretAccessKey').count(), 0);
        await page.click('.connect-cases-policy');
        const policy = JSON.parse((await page.locator('.connect-cases-report pre').textContent()) ?? '');
        assert.deepEqual(policy.Statement[0], {
          Effect: 'Allow',
          Action: 'cases:CreateRelatedItem',
          Resource: ['', '/*'].map((end) => `arn:aws:cases:us-east-1:*:domain/${demo.domainId}${end}`),
          Condition: {
            StringEqualsIfExists: {
              'cases:RelatedItemType': ['Comment', 'ConnectCase', 'Contact', 'Custom', 'File', 'Sla'],
            },
          },
        });
        await pictureForm(editor, 'credentials');
        assert.deepEqual(await seriousProblems(editor), []);
      });

      it('gives the reason for blank credentials, and marks the node', async () => {
        const { page } = editor;
        await editor.openWith('#node-config-input-btn-auth-edit');
        await page.fill(fieldOf('secretAccessKey'), '');
        await page.locator(fieldOf('secretAccessKey')).blur();
        assert.equal(
          await editor.line('reason', 'secretAccessKey').innerText(),
          'Secret access key is missing.',
        );
        await page.selectOption(fieldOf('method'), 'profile');
        assert.equal(await editor.line('reason', 'profile').innerText(), 'Profile is missing.');
        await page.selectOption(fieldOf('method'), 'role');
        assert.equal(await page.locator(fieldOf('secretAccessKey')).isVisible(), false);
        await page.selectOption(fieldOf('method'), 'keys');
        await editor.done();
        const valid = `RED.nodes.filterNodes({}).length && RED.nodes.node($('${fieldOf('auth')}').val()).valid`;
        assert.equal(await page.evaluate(valid), false);
        assert.match(await editor.line('reason', 'auth').innerText(), /^Credentials/);
      });
    });

    it('has raised no error in the console of the page', () => {
      assert.deepEqual(editor.errors, []);
    });
  });
});

/** Drags in an inject, an item and a debug node and wires them. */
async function row(editor: EditorPage, base: string, index: number) {
  const y = 60 + index * 80;
  const inject = await editor.drag('inject', 90, y);
  const item = await editor.drag(`connect-cases-${base}`, 280, y);
  const debug = await editor.drag('debug', 630, y);
  await editor.wire(inject, item);
  await editor.wire(item, debug);
  return { inject, item };
}

/** The item that the service created last. */
const lastItem = ({ service }: Emulator) =>
  service.state.cases.get(freezer.id)?.items.toSorted((one, other) => other.sequence - one.sequence)[0];
