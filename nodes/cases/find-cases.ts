import { operators } from '../../src/cases/filter';
import { type Action, head, output } from '../../src/definition/action';
import { textSources } from '../../src/definition/field';
import { caseNodes, FieldId, SearchCasesFields, SearchTerm } from '../../src/model/limits';

export const findCases: Action = {
  base: 'find-cases',
  color: '#C9D8B6',
  operation: 'SearchCases',
  fields: {
    ...head,
    conditions: { kind: 'rows', default: [], key: 'field', offers: 'fields', operators, optional: true },
    statuses: { kind: 'choice', default: 'any', options: ['any', 'notClosed'] },
    searchTerm: {
      kind: 'value',
      default: '',
      defaultType: 'str',
      types: textSources,
      optional: true,
      schema: SearchTerm,
    },
    sort: { kind: 'text', default: 'last_updated_datetime', schema: FieldId, pick: 'fields' },
    sortOrder: { kind: 'choice', default: 'Desc', options: ['Desc', 'Asc'] },
    limit: { kind: 'text', default: 100, schema: caseNodes.limit },
    fields: { kind: 'names', size: SearchCasesFields },
    keys: { kind: 'choice', default: 'names', options: ['names', 'ids'] },
    split: { kind: 'flag', default: false },
    output: output('payload'),
  },
  results: { payload: 'array' },
};
