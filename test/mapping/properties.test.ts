import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RelatedItem } from '../../src/definition/related-item';
import { CreateRelatedItemRequest } from '../../src/emulator/model/shapes';
import { CasesError } from '../../src/errors/errors';
import { toRequest } from '../../src/mapping/request';
import { check } from '../../src/model/check';
import { CustomEntity } from '../../src/model/limits';
import { items } from './items';

/** Generated messages; the issue of this suite asks for at least 100,000. */
const runs = { messages: 80_000, exactForms: 20_000 };

/** What is sent as it is: no control characters, no half ones, something to see. */
const readable = (text: string) =>
  text.isWellFormed() &&
  !/[^\P{Cc}\t\n\r]/u.test(text) &&
  /[^\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);
const id = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .filter((text) => readable(text) && text === text.trim() && !/^\.+$/.test(text));
const fieldValue = fc.oneof(
  fc.record({ stringValue: fc.string({ maxLength: 4100 }) }),
  fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ booleanValue: fc.boolean() }),
  fc.constant({ emptyValue: {} }),
  fc.record({ userArnValue: id }),
);
const slaName = fc
  .string({ minLength: 1, maxLength: 80 })
  .filter((name) => readable(name) && /^.*\S$/.test(name));

/** For each type, values in the exact form that the service's model accepts, and the content they stand for. */
const exactForms = {
  comment: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
    .filter(readable)
    .map(
      (body) => [{ body: { body, contentType: 'Text/Plain' } }, { body, contentType: 'Text/Plain' }] as const,
    ),
  contact: id.map((contactArn) => [{ contactArn: { contactArn } }, { contactArn }] as const),
  file: id.map((fileArn) => [{ fileArn: { fileArn } }, { fileArn }] as const),
  'connect-case': id.map((caseId) => [{ relatedCaseId: { caseId } }, { caseId }] as const),
  sla: fc
    .record(
      {
        slaName,
        targetSlaMinutes: fc.integer({ min: 1, max: 1_051_200 }),
        fieldId: id,
        targetFieldValues: fc.tuple(fieldValue),
      },
      { requiredKeys: ['slaName', 'targetSlaMinutes'] },
    )
    .map((values) => {
      const { slaName: name, ...others } = values;
      return [values, { slaInputConfiguration: { name, type: 'CaseField', ...others } }] as const;
    }),
  custom: fc
    .array(fc.record({ id, value: fieldValue }), { minLength: 1, maxLength: 50 })
    .map((fields) => [{ fields: { fields } }, { fields }] as const),
};

const names = [
  'body',
  'contentType',
  'contactArn',
  'fileArn',
  'caseId',
  'id',
  'value',
  'fields',
  'stringValue',
];
const more = ['doubleValue', 'emptyValue', 'userArnValue', '__proto__', 'constructor', 'toString', ''];
const anything = fc.anything({
  key: fc.oneof(fc.constantFrom(...names, ...more), fc.string()),
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 4,
});
const nearly = fc.oneof(
  anything,
  fc.string({ unit: 'binary' }),
  fc.dictionary(fc.string(), fc.oneof(fieldValue, anything)),
  fc.array(fc.record({ id: fc.oneof(id, anything), value: fc.oneof(fieldValue, anything) })),
);
/** A message for an item: something for some of what it reads, or for all. */
const messageFor = (item: RelatedItem) =>
  fc.record({
    item: fc.constant(item),
    caseId: fc.oneof({ weight: 9, arbitrary: id }, anything),
    performedBy: fc.option(
      fc.record({ kind: fc.constantFrom('userArn', 'customEntity'), value: fc.oneof(id, anything) }),
      { nil: undefined },
    ),
    values: fc.record(
      Object.fromEntries([...Object.keys(item.fields), 'whole'].map((name) => [name, nearly])),
      { requiredKeys: [] },
    ),
  });
const message = fc.oneof(...items.map(messageFor));

describe('whatever a message holds', function () {
  this.timeout(300_000);

  it(`is a request that the service's model accepts, or a refusal that names the member (${runs.messages} messages)`, () => {
    let accepted = 0;
    fc.assert(
      fc.property(message, ({ item, caseId, performedBy, values }) => {
        try {
          const request = toRequest(item, {
            domainId: 'domain',
            caseId,
            values,
            ...(performedBy && { performedBy: performedBy as { kind: 'userArn'; value: unknown } }),
          });
          accepted += 1;
          assert.equal(check(CreateRelatedItemRequest, JSON.parse(JSON.stringify(request))), undefined);
        } catch (error) {
          if (!(error instanceof CasesError)) throw error;
          assert.equal(error.code, 'INVALID_INPUT');
          assert.ok(error.details.field);
          assert.ok(error.message.includes(error.details.field));
        }
      }),
      { numRuns: runs.messages },
    );
    assert.ok(accepted > runs.messages / 100, `enough of them were accepted (${accepted})`);
  });

  for (const item of items) {
    const numRuns = Math.ceil(runs.exactForms / items.length);
    it(`passes unchanged where it is the exact form of "${item.base}" (${numRuns} messages)`, () => {
      fc.assert(
        fc.property(exactForms[item.base as keyof typeof exactForms], ([values, content]) => {
          const request = toRequest(item, { domainId: 'domain', caseId: 'case', values });
          assert.deepEqual(
            JSON.parse(JSON.stringify(request.content)),
            JSON.parse(JSON.stringify({ [item.member]: content })),
          );
        }),
        { numRuns },
      );
    });
  }

  it('accepts exactly the authors that the service accepts', () => {
    const allowed = /^[a-zA-Z0-9_\-.@:/ ]{0,499}[a-zA-Z0-9_\-.@:/]$/;
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (author) => {
        assert.equal(check(CustomEntity, author) === undefined, allowed.test(author));
      }),
    );
  });
});
