/** From the documents alone: the model that this service is made from does not have them. */
import { DomainId, FieldId } from '../../../model/limits';
import { boolean, list, string, structure, union } from '../../../model/schema';
import { FieldIdentifier, FieldValueUnion, Name, UserUnion } from './common';
import { RelatedItemInputContent } from './related-items';

const pattern = { test: /^[A-Za-z0-9\-._/:#=+]*$/, rule: 'entity' } as const;
const CaseId = string({ min: 1, max: 500, pattern });
const CaseIdentifierUnion = union({ caseId: CaseId, referenceId: string({ min: 1, max: 50, pattern }) });
/** The documents name no number; the service's other lists end at 50. */
const Cases = list(structure({ caseIdentifier: CaseIdentifierUnion }), { min: 1, max: 50 });
const ClientToken = string({ min: 0, max: 64 });

export const BatchCreateRelatedItemRequest = structure(
  {
    domainId: DomainId,
    content: RelatedItemInputContent,
    cases: Cases,
    performedBy: UserUnion,
    clientToken: ClientToken,
  },
  ['performedBy', 'clientToken'],
);

export const BatchUpdateCaseRequest = structure(
  {
    domainId: DomainId,
    cases: Cases,
    fields: list(structure({ fieldIdentifier: union({ id: FieldId, name: Name }), value: FieldValueUnion }), {
      max: 220,
    }),
    title: string({ min: 1, max: 500 }),
    status: string({ min: 1, max: 100 }),
    customerId: string({ min: 1, max: 500 }),
    performedBy: UserUnion,
    clientToken: ClientToken,
  },
  ['fields', 'title', 'status', 'customerId', 'performedBy', 'clientToken'],
);

export const StartMergeCasesRequest = structure(
  {
    domainId: DomainId,
    caseId: CaseId,
    secondaryCaseIds: list(CaseId, { min: 1, max: 1 }),
    fieldsConfiguration: list(
      structure({ sourceCaseId: CaseId, fieldIds: list(FieldIdentifier, { max: 220 }) }),
      {
        max: 1,
      },
    ),
    relatedItemsConfiguration: structure(
      { comment: boolean(), connectCase: boolean(), contact: boolean(), custom: boolean() },
      ['comment', 'connectCase', 'contact', 'custom'],
    ),
  },
  ['fieldsConfiguration', 'relatedItemsConfiguration'],
);

export const GetMergeCasesStatusRequest = structure({ domainId: DomainId, caseId: CaseId });
