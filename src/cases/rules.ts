import type { UserUnion } from '@aws-sdk/client-connectcases';
import type { DeliveryRules } from '../definition/delivery-rules';
import { plainCaseId } from '../definition/related-item-rules';
import type { CaseOperation } from './call';

/** CreateCase has a token by which the service knows a repetition; all others do nothing twice. */
const whenAnswerIsLost = { do: 'repeat' } as const;

const authors = ({ performedBy }: { readonly performedBy?: UserUnion | undefined }): readonly string[] =>
  performedBy?.customEntity === undefined ? [] : [performedBy.customEntity];

const reading = { orderKey: () => undefined, sensitiveTexts: () => [], whenAnswerIsLost } as const;

/** How the requests of the case nodes are delivered. An update waits for the items of its case that came before it. */
export const caseRules: { readonly [Name in CaseOperation]: DeliveryRules<Name> } = {
  SearchCases: { operation: 'SearchCases', ...reading },
  GetCase: { operation: 'GetCase', ...reading },
  ListFields: { operation: 'ListFields', ...reading },
  ListFieldOptions: { operation: 'ListFieldOptions', ...reading },
  ListTemplates: { operation: 'ListTemplates', ...reading },
  SearchRelatedItems: { operation: 'SearchRelatedItems', ...reading },
  CreateCase: {
    operation: 'CreateCase',
    orderKey: () => undefined,
    sensitiveTexts: authors,
    whenAnswerIsLost,
  },
  UpdateCase: {
    operation: 'UpdateCase',
    orderKey: ({ caseId }) => plainCaseId(caseId),
    sensitiveTexts: authors,
    whenAnswerIsLost,
  },
};
