import type { Locator } from 'playwright-core';
import { demo } from '../../src/emulator';
import { keys } from '../support/deployed-flow';
import type { EditorPage } from '../support/editor-page';

/**
 * What a path through the editor costs a person: a drag, a wire, a click and a choice from a list count one each, a
 * drop-down counts two (opened, chosen).
 */
export interface Cost {
  clicks: number;
  /** Boxes in which something was typed. */
  texts: number;
  /** Forms that lie on top of each other at most. */
  trays: number;
}

/** A person who counts what they do. */
export class Newcomer {
  readonly cost: Cost = { clicks: 0, texts: 0, trays: 0 };
  readonly #editor: EditorPage;

  constructor(editor: EditorPage) {
    this.#editor = editor;
  }

  /** Drags in a button, a node and a debug node, wires them and opens the node. */
  async lay(type: string, y: number): Promise<string> {
    const button = await this.#drag('inject', 90, y);
    const node = await this.#drag(`connect-cases-${type}`, 280, y);
    const debug = await this.#drag('debug', 630, y);
    for (const [from, to] of [
      [button, node],
      [node, debug],
    ] as const) {
      await this.#editor.wire(from, to);
      this.cost.clicks += 1;
    }
    await this.#editor.edit(node);
    this.#opened(1);
    return button;
  }

  /** Adds a domain of an account of which the keys are known. The region is typed, unless it stands there. */
  async addDomain(): Promise<void> {
    const { page } = this.#editor;
    await this.#openWith('#node-input-btn-domain-add', 2);
    await this.#type(page.locator('#node-config-input-accessKeyId:focus'), keys.accessKeyId);
    await this.#type(page.locator('#node-config-input-secretAccessKey'), keys.secretAccessKey);
    const region = page.locator('#node-config-input-region');
    if ((await region.inputValue()) === '') {
      await this.#type(region, 'us-ea');
      await this.#choose('us-east-1');
    } else await region.focus();
    await page.waitForFunction(`$('#node-config-input-domainId-box').val() === 'demo'`);
    await this.#done();
  }

  /** Names a case that is always the same. */
  async fixCase(): Promise<void> {
    const source = this.#editor.page.locator('select', { hasText: 'a fixed case' });
    await source.first().selectOption({ label: 'a fixed case' });
    this.cost.clicks += 2;
    await this.#choose(demo.cases[0].title);
  }

  /** What an SLA needs besides its case. */
  async describeSla(): Promise<void> {
    await this.#type(this.#editor.typed('slaName'), 'First response');
    await this.#type(this.#editor.typed('targetSlaMinutes'), '4 h');
  }

  /** One field of a custom item. */
  async describeCustom(): Promise<void> {
    const { page } = this.#editor;
    await this.#type(page.locator('.connect-cases-id').last(), 'mach');
    await this.#choose('Machine');
    await this.#type(page.locator('.connect-cases-value-box .red-ui-typedInput-input').last(), 'Freezer 7');
  }

  /** Closes the form, deploys, presses the button and reads what comes. */
  async run(button: string): Promise<string> {
    await this.#done();
    await this.#editor.deploy();
    const result = await this.#editor.inject(button);
    this.cost.clicks += 2;
    return result;
  }

  async #drag(type: string, x: number, y: number): Promise<string> {
    this.cost.clicks += 1;
    return this.#editor.drag(type, x, y);
  }

  async #openWith(button: string, trays: number): Promise<void> {
    await this.#editor.openWith(button);
    this.#opened(trays);
  }

  #opened(trays: number): void {
    this.cost.clicks += 1;
    this.cost.trays = Math.max(this.cost.trays, trays);
  }

  async #done(): Promise<void> {
    await this.#editor.done();
    this.cost.clicks += 1;
  }

  async #click(locator: Locator): Promise<void> {
    await locator.click();
    this.cost.clicks += 1;
  }

  async #type(locator: Locator, text: string): Promise<void> {
    await locator.pressSequentially(text);
    this.cost.texts += 1;
  }

  /** Takes what a list offers. */
  async #choose(name: string): Promise<void> {
    await this.#click(this.#editor.choices.filter({ hasText: name }).first());
    await this.#editor.choices.first().waitFor({ state: 'hidden' });
  }
}
