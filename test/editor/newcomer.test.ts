import assert from 'node:assert/strict';
import type { Route } from 'playwright-core';
import { keys } from '../support/deployed-flow';
import { EditorPage } from '../support/editor-page';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { type Cost, Newcomer } from './newcomer';
import { startServers } from './session';

const arn = /^"arn:aws:cases:us-east-1:/;

/** From an empty editor, with the keys of an AWS account that has one domain. */
describe('what the first results cost a newcomer', function () {
  this.timeout(300_000);
  const servers = startServers();

  /** Counts what it takes a person in an editor that is empty. */
  async function costs(
    env: Record<string, string>,
    walk: (newcomer: Newcomer, editor: EditorPage) => Promise<Cost>,
  ): Promise<Cost> {
    let nodeRed: NodeRed | undefined;
    let editor: EditorPage | undefined;
    try {
      nodeRed = await startNodeRed(
        {},
        {
          AWS_ENDPOINT_URL_CONNECTCASES: servers.emulator.url,
          AWS_REGION: '',
          AWS_DEFAULT_REGION: '',
          ...env,
        },
      );
      editor = await EditorPage.open(servers.browser, nodeRed);
      const cost = await walk(new Newcomer(editor), editor);
      assert.deepEqual(editor.errors, []);
      return cost;
    } finally {
      await editor?.close();
      await nodeRed?.stop();
    }
  }

  async function firstArn(newcomer: Newcomer): Promise<Cost> {
    const button = await newcomer.lay('comment', 60);
    await newcomer.addDomain();
    await newcomer.fixCase();
    assert.match(await newcomer.run(button), arn);
    return newcomer.cost;
  }

  it('the first ARN: 15 clicks, 3 texts, 2 trays; then the first SLA: 12, 2, 1; then the first custom item: 13, 2, 1', async () => {
    await costs({}, async (newcomer, editor) => {
      assert.deepEqual(await firstArn(newcomer), { clicks: 15, texts: 3, trays: 2 });
      const sla = new Newcomer(editor);
      const button = await sla.lay('sla', 140);
      await sla.fixCase();
      await sla.describeSla();
      assert.match(await sla.run(button), arn);
      const custom = new Newcomer(editor);
      const next = await custom.lay('custom', 220);
      await custom.fixCase();
      await custom.describeCustom();
      assert.match(await custom.run(next), arn);
      assert.deepEqual(sla.cost, { clicks: 12, texts: 2, trays: 1 });
      assert.deepEqual(custom.cost, { clicks: 13, texts: 2, trays: 1 });
      return newcomer.cost;
    });
  });

  it('the first ARN, where the environment names the region: 14 clicks, 2 texts, 2 trays', async () => {
    assert.deepEqual(await costs({ AWS_REGION: 'us-east-1' }, firstArn), { clicks: 14, texts: 2, trays: 2 });
  });

  it('a node that was there before the first domain has that when it is opened', async () => {
    await costs({}, async (newcomer, editor) => {
      const before = await editor.drag('connect-cases-find-or-create-case', 300, 200);
      await newcomer.lay('comment', 60);
      await newcomer.addDomain();
      await editor.done();
      await editor.edit(before);
      assert.equal(await editor.page.locator('#node-input-domain option:checked').innerText(), 'demo');
      const cursor = await editor.page.evaluate('document.activeElement.getAttribute("placeholder")');
      assert.equal(cursor, 'Field: name or id');
      await editor.cancel();
      return newcomer.cost;
    });
  });

  describe('keys that are typed in the form of a domain', () => {
    const chosen = '$("#node-input-domain").val()';
    const authOf = (domain: string) => `RED.nodes.node(RED.nodes.node(${domain}).auth)`;

    it('become credentials of their own, called as the account calls it, as the domain is; they can be opened, exported without them, and undone', async () => {
      await costs({}, async (newcomer, editor) => {
        const { page } = editor;
        await newcomer.lay('comment', 60);
        await newcomer.addDomain();
        const names = await page.evaluate(
          `(() => { const names = []; RED.nodes.eachConfig(({ name }) => names.push(name)); return names; })()`,
        );
        assert.deepEqual(names, ['demo', 'demo']);
        await editor.openWith('#node-input-btn-domain-edit');
        assert.equal(await page.locator('#node-config-input-accessKeyId').isVisible(), false);
        await editor.openWith('#node-config-input-btn-auth-edit');
        assert.equal(await page.inputValue('#node-config-input-method'), 'keys');
        assert.equal(await page.inputValue('#node-config-input-accessKeyId'), keys.accessKeyId);
        await editor.cancel();
        await editor.cancel();
        await page.evaluate(`window.auth = ${authOf(chosen)}.id`);
        assert.equal(await page.evaluate('RED.nodes.node(auth).valid'), true);
        const exported = await page.evaluate<string>(
          'JSON.stringify(RED.nodes.createCompleteNodeSet(false))',
        );
        assert.doesNotMatch(exported, new RegExp(`${keys.secretAccessKey}|${keys.accessKeyId}`));
        await editor.done();
        await page.evaluate('while (RED.nodes.node(auth)) RED.history.pop()');
        assert.equal(
          await page.evaluate('RED.nodes.filterNodes({ type: "connect-cases-domain" }).length'),
          0,
        );
        return newcomer.cost;
      });
    });

    it('are kept where one is missing, and that is said', async () => {
      await costs({}, async (newcomer, editor) => {
        const { page } = editor;
        await newcomer.lay('comment', 60);
        await editor.openWith('#node-input-btn-domain-add');
        await page.fill('#node-config-input-accessKeyId', keys.accessKeyId);
        await page.fill('#node-config-input-region', 'us-east-1');
        await editor.done();
        await editor.openWith('#node-input-btn-domain-edit');
        assert.match(await editor.line('reason', 'auth').innerText(), /^Credentials/);
        await editor.openWith('#node-config-input-btn-auth-edit');
        assert.equal(
          await editor.line('reason', 'secretAccessKey').innerText(),
          'Secret access key is missing.',
        );
        assert.equal(await page.inputValue('#node-config-input-accessKeyId'), keys.accessKeyId);
        await editor.cancelAll();
        return newcomer.cost;
      });
    });

    it('are not asked for where the machine has its own: the plus button adds other credentials', async () => {
      await costs({}, async (newcomer, editor) => {
        const { page } = editor;
        await newcomer.lay('comment', 60);
        await editor.openWith('#node-input-btn-domain-add');
        await page.fill('#node-config-input-accessKeyId', 'a key of which nothing becomes');
        await editor.openWith('#node-config-input-btn-auth-add');
        assert.equal(await page.inputValue('#node-config-input-accessKeyId'), '');
        await editor.done();
        assert.equal(await page.locator('#node-config-input-accessKeyId').isVisible(), false);
        await editor.done();
        const found = `RED.nodes.filterNodes({}) && ${authOf(chosen)}.method`;
        assert.equal(await page.evaluate(found), 'default');
        await editor.cancelAll();
        return newcomer.cost;
      });
    });
  });

  /** Types what a new domain needs, and waits until the account was asked for its domains. */
  async function fillDomain(editor: EditorPage): Promise<void> {
    const { page } = editor;
    await editor.openWith('#node-input-btn-domain-add');
    await page.fill('#node-config-input-region', 'us-east-1');
    await page.fill('#node-config-input-accessKeyId', keys.accessKeyId);
    await page.fill('#node-config-input-secretAccessKey', keys.secretAccessKey);
    const answered = page.waitForResponse((response) => response.url().endsWith('look-up/domains'));
    await page.locator('#node-config-input-secretAccessKey').blur();
    await (await answered).finished();
  }

  it('of several domains none is taken', async () => {
    const { service } = servers.emulator;
    service.state.domains.set('other', { ...service.domain, id: 'other', name: 'other' });
    await costs({}, async (newcomer, editor) => {
      await newcomer.lay('comment', 60);
      await fillDomain(editor);
      await editor.line('hint', 'domainId').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
      assert.equal(await editor.page.inputValue('#node-config-input-domainId-box'), '');
      await editor.cancelAll();
      return newcomer.cost;
    }).finally(() => service.state.domains.delete('other'));
  });

  it('the only one is typed over by whoever is in its box when it comes', async () => {
    await costs({}, async (newcomer, editor) => {
      await newcomer.lay('comment', 60);
      const box = editor.page.locator('#node-config-input-domainId-box');
      const question = new Promise<Route>((resolve) => {
        editor.page.route('**/look-up/domains', resolve, { times: 1 });
      });
      await editor.openWith('#node-input-btn-domain-add');
      await editor.page.fill('#node-config-input-region', 'us-east-1');
      await editor.page.fill('#node-config-input-accessKeyId', keys.accessKeyId);
      await editor.page.fill('#node-config-input-secretAccessKey', keys.secretAccessKey);
      await box.focus();
      await (await question).continue();
      await editor.page.waitForFunction(`$('#node-config-input-domainId-box').val() === 'demo'`);
      await editor.page.keyboard.type('other');
      assert.equal(await box.inputValue(), 'other');
      await editor.cancelAll();
      return newcomer.cost;
    });
  });

  it('why there are no names is said at once', async () => {
    servers.emulator.setDenied(['cases:ListDomains']);
    await costs({}, async (newcomer, editor) => {
      await newcomer.lay('comment', 60);
      await fillDomain(editor);
      const told = /^Names can't be looked up: The credentials lack the permission cases:ListDomains/;
      await editor.line('hint', 'domainId').filter({ hasText: told }).waitFor();
      await editor.cancelAll();
      return newcomer.cost;
    }).finally(() => servers.emulator.setDenied([]));
  });
});
