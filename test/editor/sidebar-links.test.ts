import assert from 'node:assert/strict';
import { startSession } from './session';
import { alarmFlow, buttonOf, commentNode, openSidebar, press, sidebarOf } from './sidebar';

describe('ways between a node and its messages in the sidebar', function () {
  this.timeout(300_000);
  const session = startSession(alarmFlow);
  const failed = () =>
    sidebarOf(session.editor)
      .locator('details')
      .filter({ hasText: /^Failed/ })
      .locator('li');
  const inTab = (text: string | RegExp) => sidebarOf(session.editor).getByText(text).first();
  const showInfo = () => session.editor.page.evaluate(`RED.actions.invoke('core:show-info-tab')`);

  /** The tab shows what failed of the comment node, and nothing of the other. */
  async function showsComments(): Promise<void> {
    await inTab('Only of this node:').waitFor();
    await inTab('note the alarm').waitFor();
    await failed().getByText('nowhere 1').waitFor();
    await failed().nth(1).waitFor({ state: 'detached' });
  }

  before(async () => {
    session.emulator.setDenied(['cases:CreateRelatedItem']);
    for (const id of ['nowhere', 'sla']) await press(session, id);
    await openSidebar(session.editor);
    await failed().nth(1).waitFor();
    await showInfo();
  });
  afterEach(async () => {
    assert.deepEqual(session.editor.errors, []);
    await showInfo();
  });

  it('go from the status below a node', async () => {
    await session.editor.statusOf(commentNode).click();
    await showsComments();
  });

  it('go back to the node, and to the messages of all nodes', async () => {
    await openSidebar(session.editor);
    await buttonOf(session.editor, 'note the alarm').click();
    const selected = await session.editor.page.evaluate('RED.view.selection().nodes.map(({ id }) => id)');
    assert.deepEqual(selected, [commentNode]);
    await buttonOf(session.editor, 'Show all nodes').click();
    await failed().nth(1).waitFor();
  });

  it('go from the help of a node', async () => {
    const { page } = session.editor;
    await session.editor.node(commentNode).locator('.red-ui-flow-node').first().click();
    await page.evaluate(`RED.actions.invoke('core:show-help-tab')`);
    await page.getByRole('link', { name: 'Show the messages of this node that wait or failed' }).click();
    await showsComments();
  });

  it('go from the form of a node, which stays open', async () => {
    await session.editor.edit(commentNode);
    await session.editor.page.getByRole('button', { name: 'Waiting and failed' }).click();
    await showsComments();
    await session.editor.cancel();
  });

  it('go from a node in an instance of a subflow to the instance, and to the node in the subflow', async () => {
    const { page } = session.editor;
    const selected = () => page.evaluate('RED.view.selection().nodes?.map(({ id }) => id)');
    await press(session, 'inside');
    await openSidebar(session.editor);
    await buttonOf(session.editor, 'Show all nodes').click();
    const row = failed().filter({ hasText: 'inside 1' });
    await row.getByText('of the cellar › say it there').waitFor();
    await row.getByRole('button', { name: 'of the cellar' }).click();
    assert.deepEqual(await selected(), ['instance']);
    await row.getByRole('button', { name: 'say it there' }).click();
    assert.deepEqual(await selected(), ['template-node']);
    await page.evaluate(`RED.actions.invoke('connect-cases:show-messages')`);
    await inTab('Only of this node:').waitFor();
    await failed().nth(1).waitFor({ state: 'detached' });
    await row.waitFor();
    await buttonOf(session.editor, 'Show all nodes').click();
    await page.evaluate(`RED.workspaces.show('tab')`);
  });

  it('go from the list of actions, by the keyboard alone', async () => {
    const { page } = session.editor;
    await session.editor.node(commentNode).locator('.red-ui-flow-node').first().click();
    await page.keyboard.press('ControlOrMeta+Shift+P');
    await page.locator('#red-ui-actionList input').waitFor();
    await page.keyboard.type('Connect Cases');
    await page.locator('#red-ui-actionList').getByText('Show messages that wait or failed').waitFor();
    await page.keyboard.press('Enter');
    await showsComments();
  });
});
