import {
  CaseId,
  CommentBody,
  CommentBodyTextType,
  ContactArn,
  CustomInputContentFieldsList,
  DomainId,
  FieldId,
  FileArn,
  RelatedItemId,
  SearchRelatedItemsPage,
  SlaFieldValueUnionList,
  SlaName,
  SlaType,
  TargetSlaMinutes,
} from '../../../model/limits';
import { integer, list, string, structure, union } from '../../../model/schema';
import { combinable, FieldFilter, FieldValue, FieldValueUnion, NextToken, UserUnion } from './common';

export const RelatedItemType = string({
  values: ['Contact', 'Comment', 'File', 'Sla', 'ConnectCase', 'Custom'],
});

export const RelatedItemInputContent = union({
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
