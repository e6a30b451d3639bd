import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EditorPage } from '../support/editor-page';
import { boxOf } from '../support/editor-page';

/** Where the pictures of the documentation go; none are taken unless it is set: `SCREENSHOTS=docs/images npm test`. */
const folder = process.env.SCREENSHOTS;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes a picture of the open form for the documentation: from its title to the last thing in it. */
export async function pictureForm(editor: EditorPage, name: string): Promise<void> {
  if (!folder) return;
  const { page } = editor;
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ ...size, height: 1300 });
  await editor.settled();
  const tray = await boxOf(page.locator('.red-ui-tray').last());
  const form = await boxOf(page.locator('.red-ui-tray .connect-cases'));
  const { x, width } = await boxOf(page.locator('.red-ui-tray-header').last());
  const height = Math.min(form.y + form.height + 12, tray.y + tray.height) - tray.y;
  await take(page, name, { x, y: tray.y, width, height });
  await page.setViewportSize(size);
  await editor.settled();
}

/** Takes a picture of palette, workspace and debug sidebar for the documentation. */
export async function pictureFlow({ page }: EditorPage, name: string): Promise<void> {
  if (!folder) return;
  await page.evaluate(`document.querySelector('#red-ui-workspace-chart').scrollTo(0, 0)`);
  await page.locator('#red-ui-workspace-chart').click({ position: { x: 20, y: 20 } });
  await page.locator('#red-ui-palette-search input').pressSequentially('connect');
  await page.waitForFunction(
    `$('.red-ui-palette-node:visible').get().every(({ dataset }) => dataset.paletteType.startsWith('connect-cases'))`,
  );
  await page.waitForFunction(`$('.red-ui-notification:visible').length === 0`);
  const { width } = page.viewportSize() ?? { width: 0 };
  await take(page, name, { x: 0, y: 0, width, height: 720 });
}

/** Takes a picture of our tab in the sidebar for the documentation, as much of it as a high window shows. */
export async function pictureSidebar({ page }: EditorPage, name: string): Promise<void> {
  if (!folder) return;
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ ...size, height: 1500 });
  // Node-RED 5 shows another tab below.
  const below = page.locator('button[data-tab-id="debug"]');
  if (await below.isVisible()) await below.click();
  const tab = page.locator('.connect-cases-tab');
  const { x, y, width, height } = await boxOf(tab);
  const bottoms = await tab.evaluate((element) =>
    Array.from(element.children, (child) => child.getBoundingClientRect().bottom),
  );
  await take(page, name, { x, y, width, height: Math.min(height, Math.max(...bottoms) - y + 10) });
  await page.setViewportSize(size);
}

async function take(page: EditorPage['page'], name: string, clip: Area): Promise<void> {
  mkdirSync(resolve(folder ?? ''), { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, clip });
}
