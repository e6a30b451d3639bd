import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { UpdateCaseCommand } from '@aws-sdk/client-connectcases';
import type { Browser, Page } from 'playwright-core';
import { demo } from '../../src/emulator';
import { findBrowser, launch, secondTry } from '../support/browser';
import { closeLocalCases, freezer, inFreezer, type LocalCases, localCases } from '../support/local-cases';

afterEach(closeLocalCases);

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

describe('the page of the local service in a browser', function () {
  const executable = findBrowser();
  if (!executable) return;
  this.timeout(60_000);
  let browser: Browser;
  let local: LocalCases;
  let page: Page;
  let problems: string[];
  before(async () => {
    browser = await launch(executable);
  });
  after(() => browser.close());
  beforeEach(secondTry);
  beforeEach(async () => {
    local = await localCases({ limits: 'unlimited' });
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    problems = [];
    page.on('pageerror', ({ message }) => problems.push(message));
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(problems, []);
  });
  const open = (hash = '') => page.goto(`${local.emulator.url}/${hash}`);
  const shows = (selector: string, text: string | RegExp) =>
    page.locator(selector).filter({ hasText: text }).first().waitFor();

  it('shows what is written while it is open, as text', async () => {
    await open();
    await local.comment('<b>8.4 °C</b>');
    await shows('#timeline .text', '<b>8.4 °C</b>');
    await shows('#cases .count', '1');
    await shows('#requests', /CreateRelatedItem200/);
  });
  it('has an address for each case, which tells its fields and all its items however much is written elsewhere', async () => {
    await local.comment('old, but ours');
    const other = { domainId: demo.domainId, caseId: demo.cases[1].id };
    for (let count = 0; count < 220; count += 1) {
      local.emulator.service.call(
        'CreateRelatedItem',
        {
          ...other,
          type: 'Comment',
          content: { comment: { body: `no ${count}`, contentType: 'Text/Plain' } },
        },
        local.emulator.service.caller,
      );
    }
    await open();
    await page.locator('#cases a').filter({ hasText: freezer.title }).click();
    await shows('#timeline .text', 'old, but ours');
    await page.reload();
    await shows('#heading', freezer.title);
    await shows('#timeline .text', 'old, but ours');
    await shows('#details', /Reference number1001/);
    assert.equal(await page.locator('#timeline li').count(), 1);
  });
  it('says that an SLA is met, not when it would be due', async () => {
    const slaInputConfiguration = {
      name: 'Solved',
      type: 'CaseField' as const,
      targetSlaMinutes: 1,
      fieldId: 'status',
      targetFieldValues: [{ stringValue: 'closed' }],
    };
    await local.create('Sla', { sla: { slaInputConfiguration } });
    await open();
    await shows('#timeline .due', 'due in 1 min');
    const fields = [{ id: 'status', value: { stringValue: 'closed' } }];
    await local.client.send(new UpdateCaseCommand({ ...inFreezer, fields }));
    await shows('#timeline .due', /^met$/);
  });
  it('reaches every case, by more of them and by what they say', async () => {
    const [domain] = (local.emulator.export() as { domains: { cases: object[] }[] }).domains;
    const cases = Array.from({ length: 150 }, (_, index) => ({
      template: demo.alarmTemplateId,
      createdAt: '2026-01-01',
      fields: [{ id: 'title', value: { stringValue: `Belt ${index}` } }],
    }));
    local.emulator.add({ domains: [{ ...domain, id: 'belts', name: 'belts', cases }] });
    await open();
    await page.locator('#more').filter({ hasText: '53 more cases' }).click();
    await page.locator('#cases li').nth(153).waitFor();
    await page.fill('#search', 'belt 77');
    await shows('#cases', 'Belt 77');
    await page.locator('#cases li').nth(2).waitFor({ state: 'detached' });
  });
  it('has switches for what goes wrong, which show how they stand', async () => {
    await open();
    const button = (name: string) => page.getByRole('button', { name });
    const isOn = (name: string, on: boolean) =>
      page.locator(`.switch[aria-pressed="${on}"]`).filter({ hasText: name }).waitFor();
    await button('Lose the next answer').click();
    await isOn('Lose the next answer', true);
    await assert.rejects(local.comment('lost'), { code: 'ECONNRESET' });
    await isOn('Lose the next answer', false);
    await shows('#requests', /CreateRelatedItemdropped/);
    await button('Throttle').click();
    await isOn('Throttle', true);
    await button('Fail with 500').click();
    await isOn('Throttle', false);
    assert.deepEqual(local.emulator.behaviour.faults, ['*=500']);
    await button('Fail with 500').click();
    await isOn('Fail with 500', false);
    await button('Offline').click();
    await isOn('Offline', true);
    await assert.rejects(local.comment('offline'), { code: 'ECONNRESET' });
  });
  it('takes a click during which something is written', async () => {
    await open();
    await shows('#about', '3 cases');
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const received = new Promise((resolve) => network.once('Network.eventSourceMessageReceived', resolve));
    await page.getByRole('button', { name: 'Offline' }).hover();
    await page.mouse.down();
    await local.comment('8.4 °C');
    await received;
    await page.mouse.up();
    await page.locator('.switch[aria-pressed="true"]').filter({ hasText: 'Offline' }).waitFor();
    await shows('#timeline .text', '8.4 °C');
  });
  it('opens a case, and puts everything back', async () => {
    await open();
    await page.fill('#title', 'Belt 4 stands still');
    await page.getByRole('button', { name: 'Open a case' }).click();
    await shows('#heading', 'Belt 4 stands still');
    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Reset everything' }).click();
    await shows('#about', '3 cases');
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`breaks no serious rule of accessibility (${colorScheme})`, async () => {
      await local.comment('x');
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open(`#case=${freezer.id}`);
      await shows('#timeline .text', 'x');
      const found = await page.evaluate<{ id: string; impact: string }[]>(
        `${axe}; axe.run().then(({ violations }) => violations.map(({ id, impact }) => ({ id, impact })))`,
      );
      assert.deepEqual(
        found.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
        [],
      );
    });
  }
});
