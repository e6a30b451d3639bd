import { CaseId, ContactArn, DomainId, FieldId } from '../../../model/limits';
import { integer, list, string, structure, union } from '../../../model/schema';
import { map } from '../schema';
import {
  combinable,
  FieldFilter,
  FieldIdentifier,
  FieldValue,
  MaxResults,
  MutableTagKey,
  NextToken,
  TagValueString,
  TemplateId,
  UserUnion,
} from './common';

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

export const GetCaseRequest = structure(
  {
    domainId: DomainId,
    caseId: CaseId,
    fields: list(FieldIdentifier, { min: 1, max: 220 }),
    nextToken: NextToken,
  },
  ['nextToken'],
);

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

export const GetCaseAuditEventsRequest = structure(
  { domainId: DomainId, caseId: CaseId, maxResults: integer({ min: 1, max: 25 }), nextToken: NextToken },
  ['maxResults', 'nextToken'],
);
