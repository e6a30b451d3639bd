import type { Locator } from 'playwright-core';
import type { EditorPage } from '../support/editor-page';

/** Our tab in the sidebar. */
export const sidebarOf = ({ page }: EditorPage): Locator => page.locator('.connect-cases-tab');

/** Opens our tab as a person finds it: by the editor's menu, View. */
export async function openSidebar(editor: EditorPage): Promise<void> {
  const { page } = editor;
  await page.click('#red-ui-header-button-sidemenu');
  await page.hover('#menu-item-view-menu');
  await page.click('#menu-item-view-menu-connect-cases');
  await sidebarOf(editor).waitFor();
}
