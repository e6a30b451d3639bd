import {
  CustomEntity,
  FieldId,
  FieldValueUnionStringValueString,
  SlaName,
  UserArn,
} from '../../../model/limits';
import { boolean, double, integer, list, type Schema, string, structure, union } from '../../../model/schema';

export const MaxResults = integer({ min: 1, max: 100 });
export const NextToken = string({ min: 0, max: 9000 });
export const TemplateId = string({ min: 1, max: 500 });
export const UserUnion = union({ userArn: UserArn, customEntity: CustomEntity });

export const FieldValueUnion = union({
  stringValue: FieldValueUnionStringValueString,
  doubleValue: double(),
  booleanValue: boolean(),
  emptyValue: structure({}),
  userArnValue: string(),
});
export const FieldValue = structure({ id: FieldId, value: FieldValueUnion });
export const FieldIdentifier = structure({ id: FieldId });
export const FieldFilter = union({
  equalTo: FieldValue,
  contains: FieldValue,
  greaterThan: FieldValue,
  greaterThanOrEqualTo: FieldValue,
  lessThan: FieldValue,
  lessThanOrEqualTo: FieldValue,
});

/** `leaves` that can be combined with `not`, `andAll` and `orAll` to any depth. */
export function combinable(leaves: Record<string, Schema>): Schema {
  const members: Record<string, Schema> = { ...leaves };
  const filter = union(members);
  members.not = filter;
  members.andAll = list(filter, { max: 10 });
  members.orAll = list(filter, { max: 10 });
  return filter;
}

export const TagValueString = string({
  min: 0,
  max: 256,
  pattern: { test: /^[a-zA-Z0-9 _.:/=+\-@]*$/, rule: 'entity' },
});
export const MutableTagKey = string({
  min: 1,
  max: 128,
  pattern: { test: /^(?![aA][wW][sS]:)[a-zA-Z0-9 _.:/=+\-@]+$/, rule: 'entity' },
});

const notBlankAtTheEnd = SlaName.pattern;
/** `Name` shapes of up to 100 characters. */
export const Name = string({ min: 1, max: 100, ...(notBlankAtTheEnd && { pattern: notBlankAtTheEnd }) });
export const Description = string({ min: 0, max: 255 });
export const LayoutId = string({ min: 1, max: 500 });
export const CaseRuleId = string({ min: 1, max: 500 });
