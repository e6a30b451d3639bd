import type { SlaConfiguration, SlaContent, SlaInputContent } from '@aws-sdk/client-connectcases';
import { textSources } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { withoutMember } from '../../src/mapping/exact-form';
import { isRecord } from '../../src/mapping/reading';
import { snapshot } from '../../src/mapping/snapshot';
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
      usual: { type: 'str', value: '' },
      members: ['sla.slaInputConfiguration.name'],
      accepts: 'string',
      default: 'payload.name',
      defaultType: 'msg',
      types: textSources,
      sensitive: true,
      schema: SlaName,
      inLabel: true,
    },
    targetSlaMinutes: {
      kind: 'value',
      usual: { type: 'num', value: '' },
      members: ['sla.slaInputConfiguration.targetSlaMinutes'],
      accepts: 'number',
      default: 'payload.targetSlaMinutes',
      defaultType: 'msg',
      types: ['msg', 'flow', 'global', 'num', 'env', 'jsonata'],
      schema: TargetSlaMinutes,
      inLabel: true,
      hint: 'duration',
    },
    fieldId: {
      kind: 'value',
      usual: { type: 'str', value: 'status', hidden: true },
      members: ['sla.slaInputConfiguration.fieldId'],
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
      usual: { type: 'str', value: 'closed' },
      members: ['sla.slaInputConfiguration.targetFieldValues'],
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
  /** `whole` is the object that the others are parts of; it may be the exact form. */
  toContent({ slaName, targetSlaMinutes, fieldId, targetFieldValues, whole }) {
    const exact = exactForm(whole) ?? exactForm(slaName);
    if (exact) return exact;
    const name = snapshot(slaName, 'sla.slaInputConfiguration.name');
    const minutes = snapshot(targetSlaMinutes, 'sla.slaInputConfiguration.targetSlaMinutes');
    const field = snapshot(fieldId, 'sla.slaInputConfiguration.fieldId');
    const target = snapshot(targetFieldValues, 'sla.slaInputConfiguration.targetFieldValues');
    return {
      slaInputConfiguration: {
        name: name ?? undefined,
        type: 'CaseField',
        ...(!blank(field) && { fieldId: field }),
        ...(!blank(target) && { targetFieldValues: toTargetValues(target) }),
        targetSlaMinutes: isDigits(minutes) ? Number(minutes) : (minutes ?? undefined),
      },
    };
  },
  async withIds(content, names) {
    const { slaInputConfiguration: given } = content;
    if (!given?.fieldId) return content;
    const path = 'sla.slaInputConfiguration';
    const fieldId = await names.id(given.fieldId, `${path}.fieldId`);
    const [target] = given.targetFieldValues ?? [];
    const fitted = target && (await names.value(fieldId, target, path, `${path}.targetFieldValues[0]`)).value;
    return {
      slaInputConfiguration: { ...given, fieldId, ...(fitted && { targetFieldValues: [fitted] }) },
    };
  },
  filter: ({ slaInputConfiguration }) => ({ sla: { name: slaInputConfiguration?.name } }),
  /**
   * An SLA comes back with a target time in place of its minutes. From when the service counts them is not documented,
   * and a wrong guess would turn each lost answer into a second SLA: so they are not compared.
   */
  identity(content) {
    const { name, fieldId, targetFieldValues = [] } = configurationOf(content) ?? {};
    return [name, fieldId, targetFieldValues];
  },
  sensitiveTexts: ({ slaInputConfiguration }) =>
    slaInputConfiguration?.name === undefined ? [] : [slaInputConfiguration.name],
  permissions: [],
};

const configurationOf = (content: SlaInputContent | SlaContent): Partial<SlaConfiguration> | undefined =>
  'slaConfiguration' in content ? content.slaConfiguration : content.slaInputConfiguration;

function exactForm(value: unknown): { readonly slaInputConfiguration: unknown } | undefined {
  const found = withoutMember(value, 'sla');
  if (!isRecord(found) || !Object.hasOwn(found, 'slaInputConfiguration')) return undefined;
  const { slaInputConfiguration: given, ...others } = snapshot(found, 'sla') as Record<string, unknown>;
  return {
    ...others,
    slaInputConfiguration: isRecord(given) ? { type: 'CaseField', ...given } : given,
  };
}

const blank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** One plain value or a list of one; a list of any other length goes on as it is, to be refused. */
function toTargetValues(value: unknown): unknown {
  if (!Array.isArray(value)) return [toFieldValue(value)];
  return value.length === 1 ? [toFieldValue(value[0])] : value;
}

const isDigits = (value: unknown): boolean => typeof value === 'string' && /^\s*\d+\s*$/.test(value);
