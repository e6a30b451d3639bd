import assert from 'node:assert/strict';
import { comment } from '../../nodes/related-items/comment';
import { connectCase } from '../../nodes/related-items/connect-case';
import { contact } from '../../nodes/related-items/contact';
import { custom } from '../../nodes/related-items/custom';
import { sla } from '../../nodes/related-items/sla';
import type { Values } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { CasesError } from '../../src/errors/errors';
import { toRequest } from '../../src/mapping/request';
import { items, refusalOf } from './items';

const slaValues = { slaName: 'First response', targetSlaMinutes: 60 };
const throwing = {
  get body() {
    throw new Error('broken');
  },
};
const circle: Record<string, unknown> = {};
circle.self = circle;

/** [what is wrong, node, values, path of the member, what the message says] */
const refusals: readonly [string, RelatedItem, Values, string, RegExp][] = [
  ['nothing to say', comment, {}, 'comment.body', /is missing/],
  ['an empty text', comment, { body: '' }, 'comment.body', /has 0 characters; allowed are 1 to 15000/],
  ['too long a text', comment, { body: 'x'.repeat(15_001) }, 'comment.body', /has 15001 characters/],
  ['a circle', comment, { body: circle }, 'comment.body', /refers to itself, at comment\.body\.self/],
  ['a getter that throws', comment, { body: throwing }, 'comment.body', /broken/],
  [
    'another content type',
    comment,
    { body: { body: 'x', contentType: 'Text/Html' } },
    'comment.contentType',
    /"Text\/Html"; allowed: Text\/Plain/,
  ],
  [
    'a member too many',
    comment,
    { body: { body: 'x', contentType: 'Text/Plain', colour: 1 } },
    'comment.colour',
    /knows: body, contentType/,
  ],
  ['a number for an ARN', contact, { contactArn: 7 }, 'contact.contactArn', /has to be text, but is 7/],
  ['a list for an ARN', contact, { contactArn: ['arn'] }, 'contact.contactArn', /a list of 1/],
  ['too long an id', connectCase, { relatedCaseId: 'x'.repeat(501) }, 'connectCase.caseId', /501 characters/],
  ['no minutes', sla, { slaName: 'x' }, 'sla.slaInputConfiguration.targetSlaMinutes', /is missing/],
  [
    'half a minute',
    sla,
    { ...slaValues, targetSlaMinutes: 0.5 },
    'sla.slaInputConfiguration.targetSlaMinutes',
    /a whole number/,
  ],
  [
    'too many minutes',
    sla,
    { ...slaValues, targetSlaMinutes: 1_051_201 },
    'sla.slaInputConfiguration.targetSlaMinutes',
    /1 to 1051200/,
  ],
  [
    'a name that ends in a blank',
    sla,
    { ...slaValues, slaName: 'Reply ' },
    'sla.slaInputConfiguration.name',
    /does not end in white space/,
  ],
  [
    'two target values',
    sla,
    { ...slaValues, targetFieldValues: ['a', 'b'] },
    'sla.slaInputConfiguration.targetFieldValues',
    /has 2 entries; allowed are 1 to 1/,
  ],
  ['a text', custom, { fields: 'Freezer 7' }, 'custom.fields', /has to be an object, but is "Freezer 7"/],
  ['no field', custom, { fields: {} }, 'custom.fields', /has 0 entries; allowed are 1 to 50/],
  [
    'too many fields',
    custom,
    { fields: new Array(51).fill({ id: 'a', value: 1 }) },
    'custom.fields',
    /has 51 entries/,
  ],
  ['more fields than fit in memory', custom, { fields: new Array(4e9) }, 'custom.fields', /4000000000/],
  [
    'a number that is none',
    custom,
    {
      fields: [
        { id: 'a', value: 1 },
        { id: 'b', value: 2 },
        { id: 'c', value: Number.NaN },
      ],
    },
    'custom.fields[2].value.doubleValue',
    /a number, but is NaN/,
  ],
  [
    'two members of a union',
    custom,
    { fields: { a: { stringValue: 'x', doubleValue: 1 } } },
    'custom.fields[0].value',
    /exactly one of/,
  ],
  [
    'an unknown member of a union',
    custom,
    { fields: { a: { text: 'x' } } },
    'custom.fields[0].value.text',
    /knows: stringValue/,
  ],
  [
    'a list',
    custom,
    { fields: { a: ['x'] } },
    'custom.fields[0].value',
    /has to be text, a number.*a list of 1/,
  ],
  ['a function', custom, { fields: { a: () => 1 } }, 'custom.fields[0].value', /an object/],
  [
    'an invalid date',
    custom,
    { fields: { a: new Date('x') } },
    'custom.fields[0].value.stringValue',
    /has to be text/,
  ],
  [
    'too long a value',
    custom,
    { fields: { a: 'x'.repeat(4101) } },
    'custom.fields[0].value.stringValue',
    /4101 characters/,
  ],
  ['an entry without a value', custom, { fields: [{ id: 'a' }] }, 'custom.fields[0].value', /is missing/],
];

describe('what is refused before anything is sent', () => {
  for (const [what, item, values, field, message] of refusals) {
    it(`${what} in "${item.base}": names ${field}`, () => {
      const refusal = refusalOf(item, values);
      assert.equal(refusal.code, 'INVALID_INPUT');
      assert.equal(refusal.details.field, field);
      assert.match(refusal.message, message);
      assert.ok(refusal.message.length < 400, 'the message stays short');
    });
  }

  it('is shown all the same by the preview in a form, which names sources where values will be', () => {
    for (const item of items) {
      const names = Object.keys(item.fields).map((name) => [name, '‹msg: payload›']);
      assert.doesNotThrow(() => item.toContent(Object.fromEntries(names)), item.base);
    }
  });

  it('names the case id and the author too', () => {
    const refused = (source: object, field: string) =>
      assert.throws(
        () => toRequest(comment, { domainId: 'd', caseId: 'c', values: { body: 'x' }, ...source }),
        (error) =>
          error instanceof CasesError && error.code === 'INVALID_INPUT' && error.details.field === field,
      );
    refused({ caseId: undefined }, 'caseId');
    refused({ caseId: 12 }, 'caseId');
    refused({ performedBy: { kind: 'userArn', value: undefined } }, 'performedBy.userArn');
    refused({ performedBy: { kind: 'customEntity', value: 'Jürgen' } }, 'performedBy.customEntity');
  });

  it('never repeats a value that the service marks sensitive', () => {
    const name = 'Secret customer name ';
    assert.ok(!refusalOf(sla, { ...slaValues, slaName: name }).message.includes('Secret'));
    assert.throws(
      () =>
        toRequest(comment, {
          domainId: 'd',
          caseId: 'c',
          performedBy: { kind: 'customEntity', value: 'Sécret' },
          values: { body: 'x' },
        }),
      (error) => error instanceof CasesError && !error.message.includes('cret'),
    );
  });
});
