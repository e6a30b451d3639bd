import type { EditorPage } from '../support/editor-page';

/** Drags in a node that uses the domain of `configNodes`, and opens its form. */
export async function openNew(editor: EditorPage, type: string): Promise<string> {
  const id = await editor.drag(`connect-cases-${type}`, 300, 300);
  await editor.edit(id);
  await editor.page.selectOption('#node-input-domain', 'local-domain');
  return id;
}

/** Closes its form and takes it off the workspace. */
export async function discard(editor: EditorPage, id: string): Promise<void> {
  await editor.done();
  await editor.node(id).locator('.red-ui-flow-node').first().click();
  await editor.page.keyboard.press('Delete');
  await editor.node(id).waitFor({ state: 'detached' });
}
