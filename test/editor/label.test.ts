import assert from 'node:assert/strict';
import fc from 'fast-check';

/** Typed here, since what runs in the browser is checked with the types of the browser. */
const { label } = require('../../src/editor/label') as { label(node: object): string };

/** What a node that adds this comment is called in the flow. */
const labelOf = (body: string): string =>
  label({ type: 'connect-cases-comment', body, bodyType: 'str', _: (key: string) => key });

describe('the label of a node', () => {
  it('has what it says, on one line of 30 characters', () => {
    assert.equal(labelOf('The pump\n\tstopped '), 'label: The pump stopped');
    assert.equal(labelOf('🔥'.repeat(30)), `label: ${'🔥'.repeat(30)}`);
    assert.equal(labelOf('🔥'.repeat(31)), `label: ${'🔥'.repeat(29)}…`);
  });

  it('never ends in half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 28, maxLength: 34 }), (body) =>
        labelOf(body).isWellFormed(),
      ),
    );
  });
});
