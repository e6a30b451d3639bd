/**
 * The request structures of the service's model (2022-10-03), each under its name there. Written apart from
 * the client's on purpose: the local service is a second opinion on what the nodes send.
 */
import {
  CaseId,
  CommentBody,
  CommentBodyTextType,
  ContactArn,
  CustomEntity,
  CustomInputContentFieldsList,
  DomainId,
  FieldId,
  FieldValueUnionStringValueString,
  FileArn,
  RelatedItemId,
  SearchRelatedItemsPage,
  SlaFieldValueUnionList,
  SlaName,
  SlaType,
  TargetSlaMinutes,
  UserArn,
} from '../../model/limits';
import { boolean, double, integer, list, type Schema, string, structure, union } from '../../model/schema';
import { map } from './schema';

const MaxResults = integer({ min: 1, max: 100 });
const NextToken = string({ min: 0, max: 9000 });
const TemplateId = string({ min: 1, max: 500 });
const RelatedItemType = string({ values: ['Contact', 'Comment', 'File', 'Sla', 'ConnectCase', 'Custom'] });
const UserUnion = union({ userArn: UserArn, customEntity: CustomEntity });

const FieldValueUnion = union({
  stringValue: FieldValueUnionStringValueString,
  doubleValue: double(),
  booleanValue: boolean(),
  emptyValue: structure({}),
  userArnValue: string(),
});
const FieldValue = structure({ id: FieldId, value: FieldValueUnion });
const FieldIdentifier = structure({ id: FieldId });
const FieldFilter = union({
  equalTo: FieldValue,
  contains: FieldValue,
  greaterThan: FieldValue,
  greaterThanOrEqualTo: FieldValue,
  lessThan: FieldValue,
  lessThanOrEqualTo: FieldValue,
});

/** `leaves` that can be combined with `not`, `andAll` and `orAll` to any depth. */
function combinable(leaves: Record<string, Schema>): Schema {
  const members: Record<string, Schema> = { ...leaves };
  const filter = union(members);
  members.not = filter;
  members.andAll = list(filter, { max: 10 });
  members.orAll = list(filter, { max: 10 });
  return filter;
}

const RelatedItemInputContent = union({
  contact: structure({ contactArn: ContactArn }),
  comment: structure({ body: CommentBody, contentType: CommentBodyTextType }),
  file: structure({ fileArn: FileArn }),
  sla: union({
    slaInputConfiguration: structure(
      {
        name: SlaName,
        type: SlaType,
        fieldId: FieldId,
        targetFieldValues: list(FieldValueUnion, SlaFieldValueUnionList),
        targetSlaMinutes: TargetSlaMinutes,
      },
      ['fieldId', 'targetFieldValues'],
    ),
  }),
  connectCase: structure({ caseId: CaseId }),
  custom: structure({ fields: list(FieldValue, CustomInputContentFieldsList) }),
});

const RelatedItemTypeFilter = union({
  contact: structure({ channel: list(string({ min: 1, max: 100 }), { max: 3 }), contactArn: ContactArn }, [
    'channel',
    'contactArn',
  ]),
  comment: structure({}),
  file: structure({ fileArn: FileArn }, ['fileArn']),
  sla: structure({ name: SlaName, status: string({ values: ['Active', 'Overdue', 'Met', 'NotMet'] }) }, [
    'name',
    'status',
  ]),
  connectCase: structure({ caseId: CaseId }, ['caseId']),
  custom: structure({ fields: combinable({ field: FieldFilter }) }, ['fields']),
});

const TagValueString = string({
  min: 0,
  max: 256,
  pattern: { test: /^[a-zA-Z0-9 _.:/=+\-@]*$/, rule: 'entity' },
});
const CaseFilter = combinable({
  field: FieldFilter,
  tag: union({
    equalTo: structure(
      {
        key: string({ min: 1, max: 128, pattern: { test: /^[a-zA-Z0-9 _.:/=+\-@]+$/, rule: 'entity' } }),
        value: TagValueString,
      },
      ['key', 'value'],
    ),
  }),
});

export const CreateRelatedItemRequest = structure(
  {
    domainId: DomainId,
    caseId: CaseId,
    type: RelatedItemType,
    content: RelatedItemInputContent,
    performedBy: UserUnion,
  },
  ['performedBy'],
);

export const SearchRelatedItemsRequest = structure(
  {
    domainId: DomainId,
    caseId: CaseId,
    maxResults: integer(SearchRelatedItemsPage),
    nextToken: NextToken,
    filters: list(RelatedItemTypeFilter, { max: 10 }),
  },
  ['maxResults', 'nextToken', 'filters'],
);

export const SearchAllRelatedItemsRequest = structure(
  {
    domainId: DomainId,
    maxResults: integer(SearchRelatedItemsPage),
    nextToken: NextToken,
    filters: list(RelatedItemTypeFilter, { max: 10 }),
    sorts: list(
      structure({
        sortProperty: string({ values: ['AssociationTime', 'CaseId'] }),
        sortOrder: string({ values: ['Asc', 'Desc'] }),
      }),
      { max: 2 },
    ),
  },
  ['maxResults', 'nextToken', 'filters', 'sorts'],
);

export const UpdateRelatedItemRequest = structure(
  {
    domainId: DomainId,
    caseId: CaseId,
    relatedItemId: RelatedItemId,
    content: union({
      comment: structure({ body: CommentBody, contentType: CommentBodyTextType }),
      custom: structure({ fields: list(FieldValue, CustomInputContentFieldsList) }),
    }),
    performedBy: UserUnion,
  },
  ['performedBy'],
);

export const DeleteRelatedItemRequest = structure({
  domainId: DomainId,
  caseId: CaseId,
  relatedItemId: RelatedItemId,
});

export const GetCaseRequest = structure(
  {
    domainId: DomainId,
    caseId: CaseId,
    fields: list(FieldIdentifier, { min: 1, max: 220 }),
    nextToken: NextToken,
  },
  ['nextToken'],
);

const MutableTagKey = string({
  min: 1,
  max: 128,
  pattern: { test: /^(?![aA][wW][sS]:)[a-zA-Z0-9 _.:/=+\-@]+$/, rule: 'entity' },
});

export const CreateCaseRequest = structure(
  {
    domainId: DomainId,
    templateId: TemplateId,
    fields: list(FieldValue, { max: 220 }),
    clientToken: string({ min: 0, max: 64 }),
    performedBy: UserUnion,
    tags: map(MutableTagKey, TagValueString, { max: 50 }),
  },
  ['clientToken', 'performedBy', 'tags'],
);

export const UpdateCaseRequest = structure(
  { domainId: DomainId, caseId: CaseId, fields: list(FieldValue, { max: 220 }), performedBy: UserUnion },
  ['performedBy'],
);

export const DeleteCaseRequest = structure({ domainId: DomainId, caseId: CaseId });

export const ListCasesForContactRequest = structure(
  {
    domainId: DomainId,
    contactArn: ContactArn,
    maxResults: integer({ min: 1, max: 10 }),
    nextToken: NextToken,
  },
  ['maxResults', 'nextToken'],
);

export const SearchCasesRequest = structure(
  {
    domainId: DomainId,
    maxResults: MaxResults,
    nextToken: NextToken,
    searchTerm: string({ min: 0, max: 255 }),
    filter: CaseFilter,
    sorts: list(structure({ fieldId: FieldId, sortOrder: string({ values: ['Asc', 'Desc'] }) }), { max: 2 }),
    fields: list(FieldIdentifier, { max: 25 }),
  },
  ['maxResults', 'nextToken', 'searchTerm', 'filter', 'sorts', 'fields'],
);

export const ListDomainsRequest = structure(
  { maxResults: integer({ min: 1, max: 10 }), nextToken: NextToken },
  ['maxResults', 'nextToken'],
);

export const GetDomainRequest = structure({ domainId: DomainId });

export const ListFieldsRequest = structure(
  { domainId: DomainId, maxResults: MaxResults, nextToken: NextToken },
  ['maxResults', 'nextToken'],
);

export const ListFieldOptionsRequest = structure(
  {
    domainId: DomainId,
    fieldId: FieldId,
    maxResults: MaxResults,
    nextToken: NextToken,
    values: list(string({ min: 0, max: 100 }), { max: 1 }),
  },
  ['maxResults', 'nextToken', 'values'],
);

export const ListTemplatesRequest = structure(
  {
    domainId: DomainId,
    maxResults: MaxResults,
    nextToken: NextToken,
    status: list(string({ values: ['Active', 'Inactive'] }), { min: 1, max: 2 }),
  },
  ['maxResults', 'nextToken', 'status'],
);

export const BatchGetFieldRequest = structure({
  domainId: DomainId,
  fields: list(FieldIdentifier, { min: 1, max: 50 }),
});

export const GetTemplateRequest = structure({ domainId: DomainId, templateId: TemplateId });

export const ListLayoutsRequest = ListFieldsRequest;

export const GetLayoutRequest = structure({ domainId: DomainId, layoutId: string({ min: 1, max: 500 }) });
