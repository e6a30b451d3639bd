import assert from 'node:assert/strict';
import { demoDomain, startSession } from './session';

describe('the form of cases status', function () {
  this.timeout(120_000);
  const session = startSession(demoDomain);

  it('asks how often only where it is to send again and again, and marks what is no number', async () => {
    const { editor } = session;
    const id = await editor.drag('connect-cases-status', 300, 200);
    await editor.edit(id);
    const seconds = editor.page.locator('#node-input-seconds');
    assert.equal(await seconds.inputValue(), '60');
    assert.equal(await editor.page.locator('#node-input-domain').inputValue(), 'local-domain');
    await editor.page.selectOption('#node-input-when', 'change');
    assert.equal(await seconds.isVisible(), false);
    await editor.page.selectOption('#node-input-when', 'interval');
    assert.equal(await seconds.isVisible(), true);
    await seconds.fill('soon');
    await editor.closeForm('ok');
    assert.equal(await editor.page.evaluate(`RED.nodes.node('${id}').valid`), false);
    await editor.edit(id);
    await seconds.fill('10');
    await editor.closeForm('ok');
    assert.equal(await editor.page.evaluate(`RED.nodes.node('${id}').valid`), true);
  });
});
