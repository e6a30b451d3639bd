import assert from 'node:assert/strict';
import { relatedItems } from '../../nodes/related-items';
import { credentialsId, demoFlow, endpointVariable, injectId } from '../../src/demo/flow';
import { demo } from '../../src/emulator';
import { keys } from '../support/deployed-flow';
import type { EditorPage } from '../support/editor-page';
import { pictureFlow } from './pictures';
import { startSession } from './session';

/** The demo flow with its secrets. */
function flowAt(endpoint: string): object[] {
  const flow = demoFlow(demo).map((node) =>
    node.id === credentialsId ? { ...node, credentials: keys } : node,
  );
  const variable = ['$', `{${endpointVariable}}`].join('');
  return JSON.parse(JSON.stringify(flow).replace(variable, endpoint));
}

describe('the demo flow in a real browser', function () {
  this.timeout(120_000);
  const session = startSession(flowAt, { viewport: { width: 1440, height: 900 } });
  let editor: EditorPage;
  before(() => {
    ({ editor } = session);
  });

  it('shows of each item its type and id, so that they differ at a glance', async () => {
    const made: string[] = [];
    session.emulator.service.onChange((change) => {
      if (change.kind === 'item') made.push(`${change.item.type} ${change.item.id}`);
    });
    assert.equal((await editor.inject('demo-alarm')).replace(/ in case #.*/, ''), `"${made.at(-1)}`);
    made.length = 0;
    for (const { base } of Object.values(relatedItems)) {
      const shown = await editor.inject(injectId(base));
      assert.equal(shown, `"${made.at(-1)}"`);
    }
    assert.equal(new Set(made.map((text) => text.slice(0, 20))).size, 6);
    await pictureFlow(editor, 'flow');
  });

  it('raises no error in the console', () => assert.deepEqual(editor.errors, []));
});
