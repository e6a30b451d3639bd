import type { DeliveryRules } from '../definition/delivery-rules';
import { plainId } from '../model/text';
import type { CaseOperation } from './call';

/** CreateCase has a token by which the service knows a repetition; all others do nothing twice. */
const whenAnswerIsLost = { do: 'repeat' } as const;

/** Values shorter than that are parts of words, and tell little. */
const tellingLength = 4;

/**
 * Who a case is by, and what its fields hold: nothing of that belongs into an error or a log. The longest text comes
 * first, since one may be part of another.
 */
export function sensitiveTextsIn(request: object): readonly string[] {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [name, value] of Object.entries(part)) {
      const isValue = name === 'stringValue' || name === 'userArnValue';
      if (typeof value !== 'string') visit(value);
      else if (name === 'customEntity' || (isValue && value.length >= tellingLength)) found.add(value);
    }
  };
  visit(request);
  return [...found].toSorted((a, b) => b.length - a.length);
}

const inAnyOrder = { orderKey: () => undefined, sensitiveTexts: sensitiveTextsIn, whenAnswerIsLost } as const;

/** How the requests of the case nodes are delivered. An update waits for the items of its case that came before it. */
export const caseRules: { readonly [Name in CaseOperation]: DeliveryRules<Name> } = {
  SearchCases: { operation: 'SearchCases', ...inAnyOrder },
  GetCase: { operation: 'GetCase', ...inAnyOrder },
  ListFields: { operation: 'ListFields', ...inAnyOrder },
  ListFieldOptions: { operation: 'ListFieldOptions', ...inAnyOrder },
  ListTemplates: { operation: 'ListTemplates', ...inAnyOrder },
  SearchRelatedItems: { operation: 'SearchRelatedItems', ...inAnyOrder },
  CreateCase: { operation: 'CreateCase', ...inAnyOrder },
  UpdateCase: { operation: 'UpdateCase', ...inAnyOrder, orderKey: ({ caseId }) => plainId(caseId) },
};
