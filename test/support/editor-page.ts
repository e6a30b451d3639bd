import type { Browser, Locator, Page, WebSocket } from 'playwright-core';
import type { NodeRed } from './node-red';

/** Node-RED's editor in a page, driven with mouse and keyboard as a person would. */
export class EditorPage {
  readonly page: Page;
  /** What the page said on its console as an error. */
  readonly errors: string[] = [];
  /** Where Node-RED tells the editor what happens. */
  #comms: WebSocket | undefined;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(60_000);
    page.on('websocket', (socket) => {
      this.#comms = socket;
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(browser: Browser, nodeRed: NodeRed, options: object = {}): Promise<EditorPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const editor = new EditorPage(await context.newPage());
    await editor.page.goto(nodeRed.url);
    await editor.ready();
    return editor;
  }

  async ready(): Promise<void> {
    await this.page.waitForSelector('#red-ui-palette-container .red-ui-palette-node', { state: 'attached' });
    await this.page.waitForFunction('RED.workspaces.active() && !RED.loader?.isVisible?.()');
    await this.page.waitForSelector('#red-ui-loading-progress, .red-ui-loading', { state: 'hidden' });
    // A notification lies over the workspace for seconds, where a person would wait.
    await this.page.addStyleTag({
      content:
        '#red-ui-notifications { pointer-events: none } #red-ui-notifications button { pointer-events: auto }',
    });
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Drags a node of this type from the palette to a place in the workspace; once more where Node-RED lost it. */
  async drag(type: string, x: number, y: number): Promise<string> {
    const nodes = `RED.nodes.filterNodes({ type: '${type}' })`;
    const before = await this.page.evaluate<string[]>(`${nodes}.map(({ id }) => id)`);
    const isNew = `({ id }) => !${JSON.stringify(before)}.includes(id)`;
    const added = async () => {
      await this.dragOnce(type, x, y);
      const id = await this.page.waitForFunction(`${nodes}.find(${isNew})?.id`, null, { timeout: 5000 });
      return String(await id.jsonValue());
    };
    try {
      return await added();
    } catch {
      const notices = await this.page.locator('.red-ui-notification').allInnerTexts();
      console.log(`    ${type} was not added at the first try.`, ...notices, ...this.errors);
      return added();
    }
  }

  private async dragOnce(type: string, x: number, y: number): Promise<void> {
    await this.page.evaluate(`document.querySelector('#red-ui-workspace-chart').scrollTo(0, 0)`);
    // Waits until the node rests where the mouse goes, and nothing lies over it.
    await this.page
      .locator(`.red-ui-palette-node[data-palette-type="${type}"]`)
      .hover({ position: { x: 20, y: 10 } });
    const to = await boxOf(this.page.locator('#red-ui-workspace-chart'));
    await this.page.mouse.down();
    await this.page.mouse.move(to.x + x - 20, to.y + y, { steps: 6 });
    await this.page.mouse.move(to.x + x, to.y + y, { steps: 3 });
    await this.page.mouse.up();
  }

  /** A node in the workspace, with its wires and its status. */
  node(id: string): Locator {
    return this.page.locator(`[id="${id}"]`);
  }

  /** The status below a node. */
  statusOf(id: string): Locator {
    return this.node(id).locator('.red-ui-flow-node-status-label');
  }

  /** Draws a wire from the output of one node to the input of another. */
  async wire(from: string, to: string): Promise<void> {
    const port = (id: string, side: string) =>
      this.node(id).locator(`.red-ui-flow-port-${side} .red-ui-flow-port`).first();
    await port(from, 'output').hover();
    await this.page.mouse.down();
    await port(to, 'input').hover();
    await this.page.mouse.up();
    const wired = `RED.nodes.filterLinks({ source: { id: '${from}' }, target: { id: '${to}' } }).length === 1`;
    await this.page.waitForFunction(wired);
  }

  /** Opens the form of a node by the keyboard: a double click is none where the page stands still between its two. */
  async edit(id: string): Promise<void> {
    await this.node(id).locator('.red-ui-flow-node').first().click();
    await this.page.keyboard.press('Enter');
    await this.formOpens();
  }

  /** Presses a button that opens a form on top of the one that is open. */
  async openWith(button: string): Promise<void> {
    const below = await this.page.locator('.red-ui-tray').last().elementHandle();
    await this.page.click(button);
    await below?.waitForElementState('hidden');
    await this.formOpens();
  }

  /** Node-RED puts the cursor into a form shortly after it is there, whatever is done in it before. */
  async formOpens(): Promise<void> {
    await this.page.waitForSelector('.red-ui-tray .connect-cases', { state: 'visible' });
    await this.page.waitForFunction(`document.activeElement?.closest('.red-ui-tray') !== null`);
    await this.settled();
  }

  /** Chooses where a value comes from, by its type: in words, and then in the menu where there are several. */
  async chooseType(input: Locator, type: string): Promise<void> {
    const typed = input.locator('xpath=ancestor::*[contains(@class, "red-ui-typedInput-container")]');
    const sources = typed.locator('xpath=preceding-sibling::select');
    if ((await sources.count()) > 0) {
      if (!(await sources.isVisible())) {
        if (type === 'str' || type === 'num') return;
        await this.page.selectOption('#connect-cases-mode', 'sources');
      }
      const source = sources.locator(`option[data-types~="${type}"]`);
      await sources.selectOption((await source.getAttribute('value')) ?? '');
      if ((await source.getAttribute('data-types')) === type) return;
    }
    await this.chooseFrom(typed.locator('.red-ui-typedInput-type-select'), `a[value="${type}"]`);
  }

  /** Opens a typed input's menu by its button and takes an entry. While it slides open, clicks go astray. */
  async chooseFrom(button: Locator, entry: string): Promise<void> {
    await button.click();
    const menu = this.page.locator('.red-ui-typedInput-options:visible');
    await menu.waitFor();
    await this.page.waitForFunction(`$(':animated').length === 0`);
    await menu.locator(entry).click();
    await menu.waitFor({ state: 'hidden' });
  }

  /** Chooses the type of a property's typed input and types a value into it. */
  async type(name: string, type: string, text: string): Promise<void> {
    const input = this.typed(name);
    await this.chooseType(input, type);
    await input.fill(text);
    await input.blur();
  }

  /** The visible input of a typed input. */
  typed(name: string): Locator {
    return this.page.locator(`#node-input-${name} + .red-ui-typedInput-container .red-ui-typedInput-input`);
  }

  /** Types into an input and takes the offered name. */
  async pick(input: Locator, search: string, name: string): Promise<void> {
    await input.fill('');
    await input.pressSequentially(search);
    await this.choices.filter({ hasText: name }).first().click();
    await this.choices.first().waitFor({ state: 'hidden' });
  }

  /** Chooses text as the type, types and takes the offered name. */
  async pickTyped(name: string, search: string, choice: string): Promise<void> {
    await this.chooseType(this.typed(name), 'str');
    await this.pick(this.typed(name), search, choice);
  }

  /** What drops down while something is typed. */
  get choices(): Locator {
    return this.page.locator('.connect-cases-choice:visible');
  }

  /** The choice that Enter takes. */
  get markedChoice(): Locator {
    return this.choices.and(this.page.locator('[aria-selected="true"]'));
  }

  /** What stands below the input of a property: a hint, or the reason why it is marked. */
  line(kind: 'hint' | 'reason', name: string): Locator {
    return this.page.locator(`[id$="-input-${name}-${kind}"]`);
  }

  /** Closes the form that is on top. */
  async closeForm(button: 'ok' | 'cancel'): Promise<void> {
    const tray = await this.page.locator('.red-ui-tray').last().elementHandle();
    await this.page
      .locator(`#node-dialog-${button}:visible, #node-config-dialog-${button}:visible`)
      .last()
      .click();
    await tray?.waitForElementState('hidden');
    await this.settled();
  }

  done = (): Promise<void> => this.closeForm('ok');
  cancel = (): Promise<void> => this.closeForm('cancel');

  /** Closes what a test left open when it failed, so that the next one has a chance. */
  async cancelAll(): Promise<void> {
    while (await this.page.evaluate('RED.editor.getEditStack().length > 0')) await this.cancel();
  }

  /** Forms slide, and clicks before they rest go astray: waits until the top one alone is there and stands still. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => {
      const { RED, $ } = window as unknown as {
        RED: { editor: { getEditStack(): unknown[] } };
        $: (selector: string) => { length: number };
      };
      const trays = Array.from(document.querySelectorAll('.red-ui-tray'));
      return (
        trays.length === Math.min(1, RED.editor.getEditStack().length) &&
        trays.every((tray) => Number.parseFloat(getComputedStyle(tray).right) === 0) &&
        document.getAnimations().every((animation) => !(animation instanceof CSSTransition)) &&
        $(':animated').length === 0
      );
    });
  }

  /** Deploys, and waits until the flow runs: Node-RED answers before that, and knows none of its buttons until then. */
  async deploy(): Promise<void> {
    const runs = ({ payload }: { readonly payload: string | Buffer }) =>
      String(payload).includes('"state":"start","deploy":true');
    await Promise.all([
      this.#comms?.waitForEvent('framereceived', runs),
      this.page.click('#red-ui-header-button-deploy'),
    ]);
    await this.page.waitForFunction('!RED.nodes.dirty()');
  }

  /** Presses the button of an inject node and gives the text of the message that then comes to the debug sidebar. */
  async inject(id: string): Promise<string> {
    await this.page.evaluate(`RED.actions.invoke('core:show-debug-tab')`);
    const messages = this.page.locator('.red-ui-debug-msg .red-ui-debug-msg-payload');
    const before = await messages.count();
    await this.node(id).locator('.red-ui-flow-node-button-button').click();
    return messages.nth(before).innerText();
  }
}

/** Where something is on the page. */
export async function boxOf(locator: Locator) {
  const box = await locator.first().boundingBox();
  if (box) return box;
  throw new Error(`${locator} is not to be seen`);
}
