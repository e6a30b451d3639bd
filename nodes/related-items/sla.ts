import { textSources } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { fieldValueSchema, toFieldValue } from '../../src/model/field-value';
import { FieldId, SlaFieldValueUnionList, SlaName, SlaType, TargetSlaMinutes } from '../../src/model/limits';
import { list, structure, union } from '../../src/model/schema';

export const sla: RelatedItem<'Sla'> = {
  base: 'sla',
  type: 'Sla',
  member: 'sla',
  color: '#E5BFA9',
  fields: {
    slaName: {
      kind: 'value',
      accepts: 'string',
      default: 'payload.name',
      defaultType: 'msg',
      types: textSources,
      sensitive: true,
      schema: SlaName,
    },
    targetSlaMinutes: {
      kind: 'value',
      accepts: 'number',
      default: 'payload.targetSlaMinutes',
      defaultType: 'msg',
      types: ['msg', 'flow', 'global', 'num', 'env', 'jsonata'],
      schema: TargetSlaMinutes,
      hint: 'duration',
    },
    fieldId: {
      kind: 'value',
      accepts: 'string',
      default: 'payload.fieldId',
      defaultType: 'msg',
      types: textSources,
      optional: true,
      schema: FieldId,
      pick: 'slaFields',
    },
    targetFieldValues: {
      kind: 'value',
      accepts: 'string | number | boolean',
      default: 'payload.targetFieldValues',
      defaultType: 'msg',
      types: [...textSources, 'num', 'bool', 'json'],
      optional: true,
      pick: 'slaOptions',
    },
  },
  content: union({
    slaInputConfiguration: structure(
      {
        name: SlaName,
        type: SlaType,
        targetSlaMinutes: TargetSlaMinutes,
        fieldId: FieldId,
        targetFieldValues: list(fieldValueSchema, SlaFieldValueUnionList),
      },
      ['fieldId', 'targetFieldValues'],
    ),
  }),
  toContent: ({ slaName, targetSlaMinutes, fieldId, targetFieldValues }) => ({
    slaInputConfiguration: {
      name: slaName ?? undefined,
      type: 'CaseField',
      fieldId: blank(fieldId) ? undefined : fieldId,
      targetFieldValues: blank(targetFieldValues) ? undefined : toTargetValues(targetFieldValues),
      targetSlaMinutes: isDigits(targetSlaMinutes)
        ? Number(targetSlaMinutes)
        : (targetSlaMinutes ?? undefined),
    },
  }),
};

const blank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** One plain value or a list of one; a list of any other length goes on as it is, to be refused. */
function toTargetValues(value: unknown): unknown {
  if (!Array.isArray(value)) return [toFieldValue(value)];
  return value.length === 1 ? [toFieldValue(value[0])] : value;
}

const isDigits = (value: unknown): value is string => typeof value === 'string' && /^\d+$/.test(value);
