import assert from 'node:assert/strict';
import { comment } from '../../nodes/related-items/comment';
import { connectCase } from '../../nodes/related-items/connect-case';
import { contact } from '../../nodes/related-items/contact';
import { custom } from '../../nodes/related-items/custom';
import { file } from '../../nodes/related-items/file';
import { sla } from '../../nodes/related-items/sla';
import { contentOf } from './items';

const commentOf = (body: unknown, tooLong = 'error') => contentOf(comment, { body, tooLong });
const text = (body: string) => ({ comment: { body, contentType: 'Text/Plain' } });

describe('what a comment may be', () => {
  it('takes a text as it is', () =>
    assert.deepEqual(commentOf('Freezer 7 is warm'), text('Freezer 7 is warm')));
  it('writes a number or a boolean as text', () => {
    assert.deepEqual(commentOf(21.5), text('21.5'));
    assert.deepEqual(commentOf(false), text('false'));
  });
  it('reads a Buffer as UTF-8', () => assert.deepEqual(commentOf(Buffer.from('21 °C')), text('21 °C')));
  it('writes any other object or list as indented JSON', () => {
    assert.deepEqual(commentOf({ temperature: 21 }), text('{\n  "temperature": 21\n}'));
    assert.deepEqual(commentOf([1]), text('[\n  1\n]'));
  });
  it('takes the exact form, with or without its content type', () => {
    assert.deepEqual(commentOf({ body: 'exact' }), text('exact'));
    assert.deepEqual(commentOf({ body: 'exact', contentType: 'Text/Plain' }), text('exact'));
  });
  it('counts an emoji as one character, as the service does', () => {
    assert.deepEqual(commentOf('🔥'.repeat(15_000)), text('🔥'.repeat(15_000)));
  });
  it('cuts a text that is too long where the node says so, and marks the cut', () => {
    assert.deepEqual(commentOf('🔥'.repeat(15_001), 'truncate'), text(`${'🔥'.repeat(14_999)}…`));
    assert.deepEqual(commentOf({ body: 'x'.repeat(20_000) }, 'truncate'), text(`${'x'.repeat(14_999)}…`));
  });
});

describe('what a contact, a file or a linked case may be', () => {
  it('takes the ARN or id as text, or the exact form', () => {
    assert.deepEqual(contentOf(contact, { contactArn: 'arn:c' }), { contact: { contactArn: 'arn:c' } });
    assert.deepEqual(contentOf(contact, { contactArn: { contactArn: 'arn:c' } }), {
      contact: { contactArn: 'arn:c' },
    });
    assert.deepEqual(contentOf(file, { fileArn: 'arn:f' }), { file: { fileArn: 'arn:f' } });
    assert.deepEqual(contentOf(file, { fileArn: { fileArn: 'arn:f' } }), { file: { fileArn: 'arn:f' } });
    assert.deepEqual(contentOf(connectCase, { relatedCaseId: 'c2' }), { connectCase: { caseId: 'c2' } });
    assert.deepEqual(contentOf(connectCase, { relatedCaseId: { caseId: 'c2' } }), {
      connectCase: { caseId: 'c2' },
    });
  });
  it('takes a UUID in upper case, as some databases show them, for the same in lower case', () => {
    const uuid = '45f9c810-6b3c-48f6-a298-8bdc015470e8';
    for (const [given, sent] of [
      [` ${uuid.toUpperCase()} `, uuid],
      ['C2', 'C2'],
    ])
      assert.deepEqual(contentOf(connectCase, { relatedCaseId: given }), { connectCase: { caseId: sent } });
  });
});

describe('what an SLA may be', () => {
  const slaOf = (values: object) =>
    contentOf(sla, { slaName: 'First response', targetSlaMinutes: 60, ...values });
  const configured = (more: object) => ({
    sla: {
      slaInputConfiguration: { name: 'First response', type: 'CaseField', targetSlaMinutes: 60, ...more },
    },
  });

  it('needs a name and minutes only, and sends no empty member', () => {
    assert.deepEqual(slaOf({}), configured({}));
    assert.deepEqual(slaOf({ fieldId: '', targetFieldValues: null }), configured({}));
  });
  it('takes minutes as a text of digits', () =>
    assert.deepEqual(slaOf({ targetSlaMinutes: '60' }), configured({})));
  it('takes the target as a plain value, a list of one, or the exact list', () => {
    const expected = configured({ fieldId: 'status', targetFieldValues: [{ stringValue: 'closed' }] });
    for (const targetFieldValues of [
      'closed',
      ['closed'],
      { stringValue: 'closed' },
      [{ stringValue: 'closed' }],
    ]) {
      assert.deepEqual(slaOf({ fieldId: 'status', targetFieldValues }), expected);
    }
  });
});

describe('what a custom item may be', () => {
  const customOf = (fields: unknown) => contentOf(custom, { fields });
  const expected = {
    custom: {
      fields: [
        { id: 'a', value: { stringValue: 'text' } },
        { id: 'b', value: { doubleValue: 1.5 } },
      ],
    },
  };

  it('takes a map, a list, or the exact form', () => {
    const rows = [
      { id: 'a', value: 'text' },
      { id: 'b', value: 1.5 },
    ];
    assert.deepEqual(customOf({ a: 'text', b: 1.5 }), expected);
    assert.deepEqual(customOf(rows), expected);
    assert.deepEqual(customOf({ fields: rows }), expected);
    assert.deepEqual(customOf(expected.custom), expected);
  });
  it('finds the union member for each kind of value', () => {
    const date = new Date('2026-03-01T12:00:00Z');
    assert.deepEqual(customOf({ a: true, b: null, c: date, d: { userArnValue: 'arn:u' }, e: '' }), {
      custom: {
        fields: [
          { id: 'a', value: { booleanValue: true } },
          { id: 'b', value: { emptyValue: {} } },
          { id: 'c', value: { stringValue: '2026-03-01T12:00:00.000Z' } },
          { id: 'd', value: { userArnValue: 'arn:u' } },
          { id: 'e', value: { stringValue: '' } },
        ],
      },
    });
  });
  it('takes a field that is called __proto__ for what it is', () => {
    assert.deepEqual(customOf(JSON.parse('{"__proto__": 1}')), {
      custom: { fields: [{ id: '__proto__', value: { doubleValue: 1 } }] },
    });
  });
});
