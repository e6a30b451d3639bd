import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import packageJson from '../../package.json';
import { findBrowser, launch, secondTry } from '../support/browser';
import { EditorPage } from '../support/editor-page';
import { examples } from '../support/examples';
import { type NodeRed, startNodeRed } from '../support/node-red';

const executable = findBrowser();

/** Set while the pictures of the documentation are taken: `SCREENSHOTS=docs/images npx mocha …`. */
const pictures = process.env.SCREENSHOTS;
const pictured = 'stories/mqtt-temperature-to-case';

/** Pixels of the canvas between the sidebars on a screen of 1440. */
const canvasWidth = 890;
const iconOf = (type: string) => `icons/${packageJson.name}/${type.replace('connect-cases-', '')}.svg`;

/** A node as the editor draws it. */
interface Drawn {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly valid: boolean;
  readonly icon: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

describe('Import → Examples', function () {
  this.timeout(300_000);
  let nodeRed: NodeRed;
  let browser: Browser;
  let editor: EditorPage;

  beforeEach(secondTry);
  before(async function () {
    if (!executable) {
      console.log('    No Chromium or Chrome is installed (or set CHROME_PATH): skipped.');
      this.skip();
    }
    // With the editor of code that Node-RED has unless told otherwise.
    nodeRed = await startNodeRed({ editorTheme: { tours: false } });
    browser = await launch(executable);
    editor = await EditorPage.open(browser, nodeRed, { viewport: { width: 1900, height: 900 } });
    await editor.page.evaluate('$.fx.off = true');
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
  });

  it('lists them by folder', async () => {
    const folders = [...new Set(examples.map(({ name }) => name.split('/')[0] as string))];
    await openDialog(editor, [packageJson.name, ...folders]);
    for (const { name } of examples) await untilListed(editor, name.split('/')[1] as string);
    await editor.page.click('#red-ui-clipboard-dialog-cancel');
  });

  it('imports two with clicks; the second takes the domain as it was set with the first', async () => {
    const importing = (name: string, answer = async () => {}) =>
      newTab(editor, async () => {
        await openDialog(editor, [packageJson.name, ...name.split('/')]);
        await editor.page.click('#red-ui-clipboard-dialog-ok');
        await answer();
      });
    await importing('nodes/create-comment');
    await editor.page.evaluate(`${eachDomain}((node) => { node.name = 'mine' })`);
    await importing('stories/alertmanager-webhook-to-case', () =>
      editor.page.locator('.red-ui-notification button', { hasText: 'Import copy' }).click(),
    );
    const names = `(() => { const names = []; ${eachDomain}(({ name }) => { names.push(name) }); return names })()`;
    assert.deepEqual(await editor.page.evaluate(names), ['mine']);
  });

  for (const { name, text, flow } of examples) {
    it(`${name} is a tidy tab without a warning, as wide as the canvas at most`, async () => {
      await newTab(editor, () =>
        editor.page.evaluate(`RED.view.importNodes(${text}, { generateIds: true })`),
      );
      const drawn = await nodesOnTab(editor);
      assert.equal(drawn.length, flow.filter(({ x }) => x !== undefined).length);
      const doubtful = drawn.filter(({ valid }) => !valid).map(({ label }) => label);
      assert.deepEqual(doubtful, []);
      assert.deepEqual(overlaps(drawn), []);
      for (const { label, left, right } of drawn)
        assert.ok(left >= 0 && right <= canvasWidth, `${label}: ${left} to ${right}`);
      for (const { type, icon } of drawn)
        if (type.startsWith('connect-cases-')) assert.ok(icon.endsWith(iconOf(type)), icon);
      if (pictures && name === pictured) await picture(editor, drawn, `${pictures}/example.png`);
    });
  }

  it('raises no error in the console', () => assert.deepEqual(editor.errors, []));
});

const eachDomain = `((visit) => RED.nodes.eachConfig((node) => { if (node.type === 'connect-cases-domain') visit(node) }))`;

/** Opens the dialog and clicks on its entries, one after the other. */
async function openDialog(editor: EditorPage, entries: readonly string[]): Promise<void> {
  await editor.page.evaluate(`RED.actions.invoke('core:show-examples-import-dialog')`);
  for (const text of entries) {
    await untilListed(editor, text);
    await editor.page.evaluate(`${entry(text)}.trigger('click')`);
  }
}

const untilListed = ({ page }: EditorPage, text: string) =>
  page.waitForFunction(`${entry(text)}.length === 1`);
const entry = (text: string) =>
  `$('.red-ui-treeList-label-text:visible').filter((_, { textContent }) => textContent === '${text}')`;

/** Runs `open` and shows the tab that it opens, once that is drawn. */
async function newTab({ page }: EditorPage, open: () => Promise<unknown>): Promise<void> {
  const tabs = await page.evaluate<number>('RED.nodes.getWorkspaceOrder().length');
  await open();
  await page.waitForFunction(`RED.nodes.getWorkspaceOrder().length > ${tabs}`);
  await page.evaluate('RED.workspaces.show(RED.nodes.getWorkspaceOrder().at(-1))');
  await page.waitForFunction(
    'RED.nodes.filterNodes({ z: RED.workspaces.active() }).every((node) => node.w && !node.resize && !node.dirty)',
  );
}

/** Takes a picture of the tab as it looks once it is deployed, as large as its nodes. */
async function picture({ page }: EditorPage, drawn: readonly Drawn[], path: string): Promise<void> {
  await page.evaluate(
    `$('#red-ui-notifications').hide(); RED.nodes.eachNode((node) => { node.changed = false; node.dirty = true }); RED.view.redraw(true)`,
  );
  const chart = await page.locator('#red-ui-workspace-chart').boundingBox();
  if (!chart) throw new Error('There is no workspace.');
  const width = Math.max(...drawn.map(({ right }) => right)) + 40;
  const height = Math.max(...drawn.map(({ bottom }) => bottom)) + 30;
  await page.screenshot({ path, clip: { x: chart.x, y: chart.y, width, height } });
}

const nodesOnTab = ({ page }: EditorPage): Promise<Drawn[]> =>
  page.evaluate<Drawn[]>(
    `RED.nodes.filterNodes({ z: RED.workspaces.active() }).map((node) => ({
      id: node.id,
      type: node.type,
      label: RED.utils.getNodeLabel(node),
      valid: node.valid,
      icon: RED.utils.getNodeIcon(node._def, node),
      left: node.x - node.w / 2,
      right: node.x + node.w / 2,
      top: node.y - node.h / 2,
      bottom: node.y + node.h / 2,
    }))`,
  );

const overlaps = (drawn: readonly Drawn[]): string[] =>
  drawn.flatMap((one, index) =>
    drawn
      .slice(index + 1)
      .filter(
        (other) =>
          one.left < other.right &&
          other.left < one.right &&
          one.top < other.bottom &&
          other.top < one.bottom,
      )
      .map((other) => `${one.label} and ${other.label}`),
  );
