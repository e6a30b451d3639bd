import { DomainId, FieldId } from '../../../model/limits';
import {
  boolean,
  double,
  integer,
  list,
  type Schema,
  type StructureSchema,
  string,
  structure,
  union,
} from '../../../model/schema';
import { map } from '../schema';
import {
  CaseRuleId,
  Description,
  FieldIdentifier,
  LayoutId,
  MaxResults,
  MutableTagKey,
  Name,
  NextToken,
  TagValueString,
  TemplateId,
} from './common';

/** A page of what a domain has, and `more` to choose by. */
const listRequest = (more: Record<string, Schema> = {}): StructureSchema =>
  structure({ domainId: DomainId, maxResults: MaxResults, nextToken: NextToken, ...more }, [
    'maxResults',
    'nextToken',
    ...Object.keys(more).filter((name) => !name.endsWith('Id')),
  ]);

/** `members` of a domain, of which these may be left out. */
const inDomain = (members: Record<string, Schema>, optional: readonly string[] = []): StructureSchema =>
  structure({ domainId: DomainId, ...members }, optional);

export const ListDomainsRequest = structure(
  { maxResults: integer({ min: 1, max: 10 }), nextToken: NextToken },
  ['maxResults', 'nextToken'],
);
export const GetDomainRequest = inDomain({});
export const CreateDomainRequest = structure({ name: Name });
export const DeleteDomainRequest = inDomain({});

export const ListFieldsRequest = listRequest();
export const BatchGetFieldRequest = inDomain({ fields: list(FieldIdentifier, { min: 1, max: 50 }) });
export const ListFieldOptionsRequest = listRequest({
  fieldId: FieldId,
  values: list(string({ min: 0, max: 100 }), { max: 1 }),
});
const FieldAttributes = union({ text: structure({ isMultiline: boolean() }) });
export const CreateFieldRequest = inDomain(
  {
    name: Name,
    type: string({ values: ['Text', 'Number', 'Boolean', 'DateTime', 'SingleSelect', 'Url', 'User'] }),
    description: Description,
    attributes: FieldAttributes,
  },
  ['description', 'attributes'],
);
export const UpdateFieldRequest = inDomain(
  { fieldId: FieldId, name: Name, description: Description, attributes: FieldAttributes },
  ['name', 'description', 'attributes'],
);
export const DeleteFieldRequest = inDomain({ fieldId: FieldId });
export const BatchPutFieldOptionsRequest = inDomain({
  fieldId: FieldId,
  options: list(structure({ name: Name, value: Name, active: boolean() }), { max: 50 }),
});

const TemplateStatus = string({ values: ['Active', 'Inactive'] });
const templateMembers = {
  name: Name,
  description: Description,
  layoutConfiguration: structure({ defaultLayout: LayoutId }, ['defaultLayout']),
  requiredFields: list(structure({ fieldId: FieldId }), { max: 100 }),
  status: TemplateStatus,
  rules: list(structure({ caseRuleId: CaseRuleId, fieldId: FieldId }, ['fieldId']), { max: 50 }),
  tagPropagationConfigurations: list(
    structure({
      resourceType: string({ values: ['Cases'] }),
      tagMap: map(MutableTagKey, TagValueString, { max: 10 }),
    }),
    { max: 1 },
  ),
};
export const ListTemplatesRequest = listRequest({ status: list(TemplateStatus, { min: 1, max: 2 }) });
export const GetTemplateRequest = inDomain({ templateId: TemplateId });
export const CreateTemplateRequest = inDomain(
  templateMembers,
  Object.keys(templateMembers).filter((name) => name !== 'name'),
);
export const UpdateTemplateRequest = inDomain(
  { templateId: TemplateId, ...templateMembers },
  Object.keys(templateMembers),
);
export const DeleteTemplateRequest = GetTemplateRequest;

const LayoutSections = structure(
  {
    sections: list(
      union({
        fieldGroup: structure(
          { name: string({ min: 0, max: 100 }), fields: list(FieldIdentifier, { max: 220 }) },
          ['name'],
        ),
      }),
      { max: 1 },
    ),
  },
  ['sections'],
);
const LayoutContent = union({
  basic: structure({ topPanel: LayoutSections, moreInfo: LayoutSections }, ['topPanel', 'moreInfo']),
});
export const ListLayoutsRequest = listRequest();
export const GetLayoutRequest = inDomain({ layoutId: LayoutId });
export const CreateLayoutRequest = inDomain({ name: Name, content: LayoutContent });
export const UpdateLayoutRequest = inDomain({ layoutId: LayoutId, name: Name, content: LayoutContent }, [
  'name',
  'content',
]);
export const DeleteLayoutRequest = GetLayoutRequest;

const BooleanOperands = structure({
  operandOne: union({ fieldId: FieldId }),
  operandTwo: union({
    stringValue: string({ min: 1, max: 1500 }),
    booleanValue: boolean(),
    doubleValue: double(),
    emptyValue: structure({}),
  }),
  result: boolean(),
});
const conditionMembers: Record<string, Schema> = { equalTo: BooleanOperands, notEqualTo: BooleanOperands };
const BooleanCondition = union(conditionMembers);
const BooleanConditionList = list(BooleanCondition, { max: 100 });
const CompoundCondition = structure({ conditions: BooleanConditionList });
Object.assign(conditionMembers, { andAll: CompoundCondition, orAll: CompoundCondition });

const conditional = structure({ defaultValue: boolean(), conditions: BooleanConditionList });
/** `$|^.*[\S]`: empty, or not blank at the end. */
const ParentChildFieldOptionValue = string({
  min: 0,
  max: 100,
  pattern: { test: /^$|^[^\n\r\u0085\u2028\u2029]*[^ \t\n\v\f\r]$/, rule: 'endsInSpace' },
});
const CaseRuleDetails = union({
  required: conditional,
  hidden: conditional,
  fieldOptions: structure(
    {
      parentFieldId: FieldId,
      childFieldId: FieldId,
      parentChildFieldOptionsMappings: list(
        structure({
          parentFieldOptionValue: ParentChildFieldOptionValue,
          childFieldOptionValues: list(ParentChildFieldOptionValue, { max: 1500 }),
        }),
        { min: 1, max: 200 },
      ),
    },
    ['parentFieldId', 'childFieldId'],
  ),
});
export const ListCaseRulesRequest = listRequest();
export const BatchGetCaseRuleRequest = inDomain({
  caseRules: list(structure({ id: CaseRuleId }), { min: 1, max: 50 }),
});
export const CreateCaseRuleRequest = inDomain(
  { name: Name, description: Description, rule: CaseRuleDetails },
  ['description'],
);
export const UpdateCaseRuleRequest = inDomain(
  { caseRuleId: CaseRuleId, name: Name, description: Description, rule: CaseRuleDetails },
  ['name', 'description', 'rule'],
);
export const DeleteCaseRuleRequest = inDomain({ caseRuleId: CaseRuleId });

export const GetCaseEventConfigurationRequest = inDomain({});
export const PutCaseEventConfigurationRequest = inDomain({
  eventBridge: structure(
    {
      enabled: boolean(),
      includedData: structure(
        {
          caseData: structure({ fields: list(FieldIdentifier, { max: 400 }) }),
          relatedItemData: structure({ includeContent: boolean() }),
        },
        ['caseData', 'relatedItemData'],
      ),
    },
    ['includedData'],
  ),
});

const Arn = string({ min: 1, max: 500 });
export const ListTagsForResourceRequest = structure({ arn: Arn });
export const TagResourceRequest = structure({ arn: Arn, tags: map(string(), string()) });
export const UntagResourceRequest = structure({
  arn: Arn,
  tagKeys: list(
    string({
      min: 1,
      max: 128,
      pattern: { test: /^(?!aws:)[a-zA-Z+-=._:/]+$/, rule: 'entity' },
    }),
    { max: 50 },
  ),
});
