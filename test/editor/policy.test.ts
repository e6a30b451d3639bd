import assert from 'node:assert/strict';
import { policyFor } from '../../src/editor/policy';

const needs = {
  region: 'eu-central-1',
  domainId: 'd1',
  looksUpLostAnswers: false,
  linksContacts: false,
  namesUsers: false,
};
const text = (more: object = {}): string => JSON.stringify(policyFor({ ...needs, ...more }));

describe('the IAM policy that the editor copies', () => {
  it('is for the domain, its cases and their items only', () => {
    assert.match(
      text(),
      /"arn:aws:cases:eu-central-1:\*:domain\/d1","arn:aws:cases:eu-central-1:\*:domain\/d1\/\*"/,
    );
  });

  it('allows nothing of Amazon Connect unless a node needs it', () => {
    assert.doesNotMatch(text(), /connect:/);
    assert.match(text({ linksContacts: true }), /"connect:DescribeContact"/);
    assert.match(text({ namesUsers: true }), /"connect:DescribeUser"/);
  });

  it('allows searching related items only where lost answers are looked up', () => {
    assert.doesNotMatch(text(), /SearchRelatedItems/);
    assert.match(text({ looksUpLostAnswers: true }), /"cases:SearchRelatedItems"/);
  });
});
