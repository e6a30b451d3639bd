import assert from 'node:assert/strict';
import { type PolicyNeeds, policyFor } from '../../src/editor/form/policy';

const needs: PolicyNeeds = {
  domains: [{ region: 'eu-central-1', domainId: 'd1' }],
  types: [],
  looksItemsUp: false,
  namesUsers: false,
};
const text = (more: Partial<PolicyNeeds> = {}): string => JSON.stringify(policyFor({ ...needs, ...more }));

describe('the IAM policy that the editor copies', () => {
  it('is for the domains, their cases and their items only', () => {
    const arn = 'arn:aws:cases:eu-central-1:*:domain/d1';
    assert.ok(text().includes(`"Resource":["${arn}","${arn}/*"]`));
    const second = { region: 'us-west-2', domainId: '' };
    assert.ok(
      text({ domains: [...needs.domains, second] }).includes(
        `"${arn}/*","arn:aws:cases:us-west-2:*:domain/*","arn:aws:cases:us-west-2:*:domain/*/*"`,
      ),
    );
  });

  it('allows the types of item that the nodes add; any where there is no node yet', () => {
    assert.match(
      text({ types: ['Comment', 'Sla'] }),
      /"Condition":\{"StringEqualsIfExists":\{"cases:RelatedItemType":\["Comment","Sla"\]\}\}/,
    );
    assert.doesNotMatch(text(), /Condition/);
  });

  it('allows nothing of Amazon Connect unless a node needs it', () => {
    assert.doesNotMatch(text({ types: ['Comment'] }), /connect:/);
    assert.match(text({ types: ['Contact'] }), /"connect:DescribeContact"/);
    assert.match(text({ namesUsers: true }), /"connect:DescribeUser"/);
  });

  it('allows searching related items only where lost answers are looked up', () => {
    assert.doesNotMatch(text(), /SearchRelatedItems/);
    assert.match(text({ looksItemsUp: true }), /"cases:SearchRelatedItems"/);
  });

  it('allows what the case nodes do, and no items where no node adds any', () => {
    const caseActions = ['cases:SearchCases', 'cases:CreateCase', 'profile:SearchProfiles'];
    assert.match(text({ caseActions }), /"cases:SearchCases","cases:GetCase","cases:CreateCase"/);
    assert.match(text({ caseActions }), /"Action":\["profile:SearchProfiles"\],"Resource":"\*"/);
    assert.doesNotMatch(text({ caseActions, looksItemsUp: true }), /RelatedItem/);
    assert.match(text({ caseActions, types: ['Comment'] }), /"cases:CreateRelatedItem"/);
  });
});
