import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { EditorPage } from '../support/editor-page';
import { discard, openNew } from './new-node';
import { demoDomain, startSession } from './session';

describe('the connection test, in a real browser', function () {
  this.timeout(300_000);
  let editor: EditorPage;
  let report: Locator;
  const comment = {
    id: 'a-comment',
    type: 'connect-cases-comment',
    z: 'tab',
    x: 200,
    y: 100,
    domain: 'local-domain',
    wires: [[]],
  };
  const session = startSession((endpoint) => [...demoDomain(endpoint), comment]);
  before(() => {
    ({ editor } = session);
    report = editor.page.locator('.red-ui-tray').last().locator('.connect-cases-report');
  });
  afterEach(async () => {
    session.emulator.setDenied([]);
    await editor.cancelAll();
  });
  const openConfig = async (base: string, id: string) => {
    await editor.page.evaluate(`RED.editor.editConfig('', 'connect-cases-${base}', '${id}')`);
    await editor.formOpens();
  };
  /** The lines of the report once the test has ended. */
  const test = async (): Promise<string[]> => {
    await editor.page.locator('.connect-cases-test:visible').click();
    await report.locator('strong').waitFor();
    return (await report.locator('> *').allInnerTexts()).map((text) => text.trim());
  };

  it('begins with a verdict, and says what it comes from', async () => {
    await openConfig('domain', 'local-domain');
    const [verdict, region, caller, ...lines] = await test();
    assert.match(verdict ?? '', /^Ready/);
    assert.equal(region, 'Region asked: us-east-1');
    assert.match(caller ?? '', /^sts:GetCallerIdentity works \(arn:aws:/);
    for (const line of [
      'cases:GetDomain works (demo)',
      'cases:CreateRelatedItem (Comment) is allowed',
      'cases:SearchRelatedItems is allowed',
      'cases:GetCase is allowed',
    ])
      assert.ok(lines.includes(line), `${line} is not in ${lines.join('\n')}`);
  });

  it('leaves no trace', async () => {
    const items = () => [...session.emulator.service.state.cases.values()].map(({ items }) => items.length);
    const before = items();
    await openConfig('domain', 'local-domain');
    await test();
    assert.deepEqual(items(), before);
  });

  for (const [denied, verdict] of [
    ['cases:CreateRelatedItem', /^Not everything that the nodes send is allowed/],
    ['cases:SearchRelatedItems', /a lost answer can't be looked up/],
    ['cases:ListFields', /names can't be picked everywhere/],
    ['cases:GetCase', /names can't be picked everywhere/],
  ] as const)
    it(`names ${denied} where that is not allowed`, async () => {
      session.emulator.setDenied([denied]);
      await openConfig('domain', 'local-domain');
      const [first, ...lines] = await test();
      assert.match(first ?? '', verdict);
      const missing = lines.filter((line) => line.includes('is not allowed'));
      assert.equal(missing.length, 1);
      assert.ok(missing[0]?.startsWith(denied));
    });

  it('tries to search for items, and the policy allows it, where a node keeps what is there already', async () => {
    const { page } = editor;
    const set = (repeat: string) => page.evaluate(`RED.nodes.node('a-comment').repeat = '${repeat}'`);
    await openConfig('domain', 'local-domain');
    await page.locator('summary', { hasText: 'Delivery' }).click();
    await page.selectOption('#node-config-input-ambiguous', 'fail');
    for (const [repeat, isSearched] of [
      ['add', false],
      ['keep', true],
    ] as const) {
      await set(repeat);
      assert.equal((await test()).includes('cases:SearchRelatedItems is allowed'), isSearched);
      await page.locator('.connect-cases-policy:visible').click();
      const policy = await report.locator('pre').innerText();
      assert.equal(policy.includes('cases:SearchRelatedItems'), isSearched);
    }
    await set('add');
  });

  it('copies the policy where the browser has no clipboard of its own, since the page came without TLS', async () => {
    const { page } = editor;
    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await openConfig('domain', 'local-domain');
    await page.locator('.connect-cases-policy:visible').click();
    await report.getByText('Copied').waitFor();
    await page.fill('#node-config-input-name', '');
    await page.keyboard.press('ControlOrMeta+V');
    assert.match(
      await page.inputValue('#node-config-input-name'),
      /"Version": "2012-10-17".*cases:CreateRelatedItem/,
    );
  });

  it('says that there are no keys, and why, once', async () => {
    await openConfig('credentials', 'local-keys');
    await editor.page.selectOption('#node-config-input-method', 'profile');
    await editor.page.fill('#node-config-input-profile', 'nobody');
    const [verdict, _region, ...reasons] = await test();
    assert.equal(verdict, 'There are no usable keys.');
    assert.equal(reasons.length, 1);
    assert.match(reasons[0] ?? '', /nobody/);
  });

  it('says it all in the language of the editor, also below a box whose names can not be had', async () => {
    const english = editor;
    editor = await EditorPage.open(session.browser, session.nodeRed, { locale: 'de' });
    report = editor.page.locator('.red-ui-tray').last().locator('.connect-cases-report');
    try {
      await openConfig('credentials', 'local-keys');
      await editor.page.selectOption('#node-config-input-method', 'profile');
      assert.deepEqual(await test(), ['„Profil“ ist leer.']);
      await editor.page.fill('#node-config-input-profile', 'niemand');
      const [verdict, , ...reasons] = await test();
      assert.equal(verdict, 'Es gibt keine brauchbaren Schlüssel.');
      assert.deepEqual(reasons, [
        'cases:ListDomains ist gescheitert: Es gibt keine brauchbaren Anmeldedaten: In den AWS-Dateien dieses Rechners gibt es kein Profil niemand, das Schlüssel hat.',
      ]);
      await editor.cancel();
      session.emulator.setDenied(['cases:SearchCases']);
      await editor.edit('a-comment');
      await editor.chooseType(editor.typed('caseId'), 'str');
      await editor.typed('caseId').fill('Pumpe');
      await editor
        .line('hint', 'caseId')
        .filter({
          hasText:
            /^Namen lassen sich nicht nachschlagen: Den Anmeldedaten fehlt die Berechtigung cases:SearchCases oder eine, die dafür nötig ist \(\w+\)\. Die ID kann eingetippt werden\.$/,
        })
        .waitFor();
    } finally {
      await editor.close();
      editor = english;
      report = editor.page.locator('.red-ui-tray').last().locator('.connect-cases-report');
    }
  });

  it('is for the node that is being edited, and for what is being added from its form', async () => {
    const id = await openNew(editor, 'sla');
    await editor.openWith('#node-input-btn-domain-edit');
    const lines = await test();
    assert.ok(lines.includes('cases:CreateRelatedItem (Sla) is allowed'), lines.join('\n'));
    await editor.page.locator('.connect-cases-policy:visible').click();
    const policy = JSON.parse((await report.locator('pre').textContent()) ?? '');
    assert.deepEqual(policy.Statement[0].Condition.StringEqualsIfExists['cases:RelatedItemType'], [
      'Comment',
      'Sla',
    ]);
    await editor.cancel();
    await editor.openWith('#node-input-btn-domain-add');
    await editor.page.locator('.connect-cases-policy:visible').click();
    const forNew = JSON.parse((await report.locator('pre').textContent()) ?? '');
    assert.deepEqual(forNew.Statement[0].Condition.StringEqualsIfExists['cases:RelatedItemType'], ['Sla']);
    await editor.cancel();
    await discard(editor, id);
  });
});
