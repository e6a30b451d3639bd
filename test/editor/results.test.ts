import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { configNodes } from '../support/deployed-flow';
import { EditorPage } from '../support/editor-page';
import { demoDomain, startSession } from './session';

const [freezer] = demo.cases;

/** An inject and the node that its message goes to. */
const pair = (base: string, caseId: string, payload: string, y: number) => [
  {
    id: `inject-${y}`,
    type: 'inject',
    z: 'tab',
    x: 120,
    y,
    props: [{ p: 'caseId', v: caseId, vt: 'str' }, { p: 'payload' }],
    payload,
    payloadType: 'str',
    wires: [[`item-${y}`]],
  },
  {
    id: `item-${y}`,
    type: `connect-cases-${base}`,
    z: 'tab',
    x: 380,
    y,
    domain: 'local-domain',
    wires: [[]],
  },
];

describe('what became of a message, in a real browser', function () {
  this.timeout(300_000);
  const session = startSession((endpoint) => [
    ...demoDomain(endpoint),
    ...pair('comment', freezer.id, 'Freezer 7 is at -11 °C', 60),
    ...pair('comment', '00000000-0000-4000-8000-000000000000', 'Nobody home', 120),
    ...pair('comment', freezer.id, '', 180),
    { ...configNodes('http://127.0.0.1:9', demo)[2], id: 'dead-domain', name: 'dead' },
    ...pair('comment', freezer.id, 'Is anybody there?', 240).map((node) =>
      'domain' in node ? { ...node, domain: 'dead-domain' } : node,
    ),
  ]);
  let editor: EditorPage;
  before(() => {
    ({ editor } = session);
  });

  const press = (y: number) => editor.node(`inject-${y}`).locator('.red-ui-flow-node-button-button').click();
  const said = (y: number) => editor.statusOf(`item-${y}`);

  it('is said below the node: what was added and when, or why not', async () => {
    await press(60);
    await said(60)
      .filter({ hasText: /^comment · \d\d:\d\d$/ })
      .waitFor();
    await press(120);
    await said(120)
      .filter({ hasText: /^not found: case$/ })
      .waitFor();
  });

  it('is said in the language of the editor that looks on', async () => {
    const german = await EditorPage.open(session.browser, session.nodeRed, { locale: 'de' });
    await german
      .statusOf('item-60')
      .filter({ hasText: /^Kommentar · \d\d:\d\d$/ })
      .waitFor();
    await german
      .statusOf('item-120')
      .filter({ hasText: /^nicht gefunden: Fall$/ })
      .waitFor();
    assert.deepEqual(german.errors, []);
    await german.close();
  });

  it('is a sentence that can be read to its end in the debug sidebar, where no Catch node takes it', async () => {
    await editor.page.evaluate(`RED.actions.invoke('core:show-debug-tab')`);
    await press(180);
    const line = editor.page.locator('.red-ui-debug-msg').last();
    await line.filter({ hasText: 'msg.payload is empty.' }).waitFor();
  });

  it('is how many wait while nobody answers', async () => {
    await press(240);
    await press(240);
    await said(240)
      .filter({ hasText: /^waiting \(offline\): 2$/ })
      .waitFor();
  });

  it('raised no error in the console of the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});
