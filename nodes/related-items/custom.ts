import type { FieldValue } from '@aws-sdk/client-connectcases';
import type { RelatedItem } from '../../src/definition/related-item';
import { invalidInput } from '../../src/errors/errors';
import { withoutFields, withoutMember } from '../../src/mapping/exact-form';
import { isRecord } from '../../src/mapping/reading';
import { snapshot } from '../../src/mapping/snapshot';
import { describe } from '../../src/model/describe';
import { fieldValueSchema, toFieldValue } from '../../src/model/field-value';
import { CustomInputContentFieldsList, FieldId } from '../../src/model/limits';
import { list, structure } from '../../src/model/schema';

export const custom: RelatedItem<'Custom'> = {
  base: 'custom',
  type: 'Custom',
  member: 'custom',
  color: '#BCD5E4',
  fields: {
    fields: {
      kind: 'value',
      usual: { type: 'rows', value: '' },
      members: ['custom.fields'],
      accepts: 'object | array',
      default: 'payload',
      defaultType: 'msg',
      types: ['rows', 'msg', 'flow', 'global', 'json', 'jsonata'],
    },
    rows: {
      kind: 'rows',
      default: [],
      key: 'id',
      offers: 'customFields',
      of: 'fields',
      path: 'custom.fields',
    },
  },
  content: structure({
    fields: list(structure({ id: FieldId, value: fieldValueSchema }), {
      ...CustomInputContentFieldsList,
      expected: 'object',
    }),
  }),
  toContent({ fields }) {
    const plain = withoutFields(withoutMember(snapshot(fields, 'custom.fields'), 'custom'));
    return { fields: Array.isArray(plain) ? fromList(plain) : fromMap(plain) };
  },
  async withIds({ fields = [] }, names) {
    const named: FieldValue[] = [];
    for (const [index, { id, value }] of fields.entries()) {
      const path = `custom.fields[${index}]`;
      const field = await names.value(id, value, path);
      const same = named.findIndex((earlier) => earlier.id === field.id);
      // Two names of one field; the same id twice is for the service to judge.
      if (same >= 0 && fields[same]?.id !== id) {
        throw invalidInput({ path: `${path}.id`, rule: 'twice', params: { got: describe(id) } });
      }
      named.push(field);
    }
    return { fields: named };
  },
  filter: () => ({ custom: {} }),
  identity: ({ fields }) => sortedById(fields ?? []),
  sensitiveTexts: () => [],
  permissions: [],
};

/** A list longer than the service takes goes on as it is, to be refused by its length. */
const fromList = (entries: unknown[]): unknown =>
  entries.length > CustomInputContentFieldsList.max
    ? entries
    : entries.map((entry) => (isRecord(entry) ? { ...entry, value: toFieldValue(entry.value) } : entry));

/** What is neither is for the check to refuse: in the preview it tells where the fields come from. */
const fromMap = (value: unknown): unknown =>
  isRecord(value)
    ? Object.entries(value).map(([id, content]) => ({ id, value: toFieldValue(content) }))
    : (value ?? undefined);

/** The service may give fields in another order, and leave out those that are empty. */
const sortedById = (fields: readonly FieldValue[]): readonly unknown[] =>
  fields
    .filter(({ value }) => value?.emptyValue === undefined)
    .map(({ id, value }) => [String(id), value])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
