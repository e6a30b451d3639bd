import { relatedItemTypes } from '../../src/cases/read-case';
import { type Action, caseId, head, output } from '../../src/definition/action';

export const getCase: Action = {
  base: 'get-case',
  color: '#C9D8B6',
  operation: 'GetCase',
  fields: {
    ...head,
    caseId,
    fields: { kind: 'names' },
    keys: { kind: 'choice', default: 'names', options: ['names', 'ids'] },
    relatedItems: { kind: 'checks', options: relatedItemTypes },
    output: output('payload'),
  },
  permissions: ({ relatedItems }) => [
    'cases:GetCase',
    ...(Array.isArray(relatedItems) && relatedItems.length > 0 ? ['cases:SearchRelatedItems'] : []),
  ],
  results: { payload: 'object' },
};
