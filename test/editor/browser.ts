import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { NodeRed } from './node-red';

const places = [
  process.env.CHROME_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** An installed browser; undefined where there is none, which in CI is an error. */
export function findBrowser(): string | undefined {
  const found = places.find((path) => path !== '' && existsSync(path));
  if (!found && process.env.CI) throw new Error('No Chromium or Chrome was found; CI needs one.');
  return found;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Node-RED's editor in a page, driven as a person would. */
export class Editor {
  readonly page: Page;
  /** What the page said on its console as an error. */
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(browser: Browser, nodeRed: NodeRed, options: object = {}): Promise<Editor> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const editor = new Editor(await context.newPage());
    await editor.page.goto(nodeRed.url);
    await editor.ready();
    return editor;
  }

  async ready(): Promise<void> {
    await this.page.waitForSelector('#red-ui-palette-container .red-ui-palette-node', { state: 'attached' });
    await this.page.waitForFunction('RED.workspaces.active() && !RED.loader?.isVisible?.()');
    await this.page.waitForSelector('#red-ui-loading-progress, .red-ui-loading', { state: 'hidden' });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Drags a node of this type from the palette to a place in the workspace. */
  async drag(type: string, x: number, y: number): Promise<string> {
    const before = await this.ids(type);
    const node = this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
    await node.scrollIntoViewIfNeeded();
    const from = await node.boundingBox();
    const to = await this.page.locator('#red-ui-workspace-chart').boundingBox();
    if (!from || !to) throw new Error(`${type} is not in the palette`);
    await this.page.mouse.move(from.x + 20, from.y + 10);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x + x - 20, to.y + y, { steps: 6 });
    await this.page.mouse.move(to.x + x, to.y + y, { steps: 3 });
    await this.page.mouse.up();
    const added = (await this.ids(type)).find((id) => !before.includes(id));
    if (!added) throw new Error(`${type} was not added`);
    return added;
  }

  private ids(type: string): Promise<string[]> {
    return this.page.evaluate<string[]>(`RED.nodes.filterNodes({ type: '${type}' }).map((node) => node.id)`);
  }

  /** Opens the form of a node and waits until it stands still. */
  async edit(id: string): Promise<void> {
    await this.page.evaluate(`RED.editor.edit(RED.nodes.node('${id}'))`);
    await this.settled();
  }

  /** Opens the form of a config node. */
  async editConfig(type: string, id: string): Promise<void> {
    await this.page.evaluate(`RED.editor.editConfig('', '${type}', '${id}')`);
    await this.settled();
  }

  /** Chooses the type of a typed input and types a value into it. */
  async type(name: string, type: string, text: string): Promise<void> {
    await this.page.evaluate(`$('#node-input-${name}').typedInput('type', '${type}')`);
    if (type === 'bool') return;
    const input = this.typed(name);
    await input.fill(text);
    await input.blur();
  }

  /** The visible input of a typed input. */
  typed(name: string) {
    return this.page.locator(
      `#node-input-${name} + .red-ui-typedInput-container input.red-ui-typedInput-input`,
    );
  }

  /** Types into an input and takes the offered name. */
  async pick(input: ReturnType<Page['locator']>, search: string, name: string): Promise<void> {
    await input.fill('');
    await input.pressSequentially(search, { delay: 15 });
    const choice = this.page.locator('.red-ui-autoComplete-container .connect-cases-choice', {
      hasText: name,
    });
    await choice.first().click();
  }

  async done(config = false): Promise<void> {
    await this.page
      .locator(config ? '#node-config-dialog-ok' : '#node-dialog-ok')
      .last()
      .click();
    await this.settled();
  }

  /** Trays slide; clicks before they rest go astray. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      `$('.red-ui-tray').filter((_, tray) => $(tray).is(':animated')).length === 0`,
    );
    await this.page.waitForTimeout(350);
  }

  async deploy(): Promise<void> {
    const deployed = this.page.waitForResponse(
      (response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
    );
    await this.page.evaluate(`RED.actions.invoke('core:deploy-flows')`);
    await deployed;
    await this.page.waitForFunction(`!RED.nodes.dirty()`);
  }

  /** Takes all nodes off the workspace. */
  async clear(): Promise<void> {
    await this.page.evaluate(
      `RED.nodes.filterNodes({ z: RED.workspaces.active() }).forEach((node) => RED.nodes.remove(node.id)); RED.view.redraw(true)`,
    );
  }

  async wire(from: string, to: string): Promise<void> {
    await this.page.evaluate(
      `RED.nodes.addLink({ source: RED.nodes.node('${from}'), sourcePort: 0, target: RED.nodes.node('${to}') }); RED.view.redraw(true)`,
    );
  }

  /** Presses the button of an inject node. */
  async inject(id: string): Promise<void> {
    await this.page.evaluate(`RED.actions.invoke('core:show-debug-tab')`);
    await this.page.evaluate(`$('#red-ui-sidebar-content .red-ui-debug-content-list').empty()`);
    await this.page.evaluate(`$.post('inject/${id}')`);
  }

  /** The first message in the debug sidebar. */
  debugText(): Promise<string> {
    return this.page.locator('.red-ui-debug-msg .red-ui-debug-msg-payload').first().innerText();
  }

  /** Rules of axe that our form breaks seriously. */
  async seriousProblems(): Promise<string[]> {
    await this.page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    const violations = await this.page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>(
      `axe.run('.connect-cases').then(({ violations }) => violations)`,
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  /** Takes a picture of the open form for the documentation. */
  async picture(folder: string | undefined, name: string): Promise<void> {
    if (!folder) return;
    await this.page.waitForTimeout(400);
    await this.page
      .locator('.red-ui-tray')
      .last()
      .screenshot({ path: `${folder}/${name}.png` });
  }
}
