import { type Action, caseId, head } from '../../src/definition/action';
import { authorFields } from '../../src/definition/author';

export const updateCase: Action = {
  base: 'update-case',
  color: '#C9D8B6',
  operation: 'UpdateCase',
  fields: {
    ...head,
    caseId,
    fields: {
      kind: 'value',
      accepts: 'object | array',
      default: 'payload',
      defaultType: 'rows',
      types: ['rows', 'msg', 'flow', 'global', 'json', 'jsonata'],
    },
    rows: { kind: 'rows', default: [], key: 'id', offers: 'fields', of: 'fields' },
    ...authorFields,
  },
  results: { case: 'object' },
};
