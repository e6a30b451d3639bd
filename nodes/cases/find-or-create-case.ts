import { type Action, head, output } from '../../src/definition/action';
import { authorFields, authorKinds } from '../../src/definition/author';
import { type Condition, type Field, textSources, tooLong } from '../../src/definition/field';
import { CaseTitle, CustomerProfileArn, caseNodes, TemplateId } from '../../src/model/limits';

const isToCreate: Condition = [{ otherwise: ['create'] }];

const whereCreated = <Kind extends Field>(field: Kind) => ({ ...field, when: isToCreate });

export const findOrCreateCase: Action = {
  base: 'find-or-create-case',
  color: '#C9D8B6',
  operation: 'CreateCase',
  fields: {
    ...head,
    match: {
      kind: 'rows',
      default: [{ field: '', value: 'topic', valueType: 'msg' }],
      key: 'field',
      offers: 'fields',
    },
    statuses: { kind: 'choice', default: 'notClosed', options: ['notClosed', 'any'] },
    otherwise: { kind: 'choice', default: 'create', options: ['create', 'output', 'error'] },
    templateId: whereCreated({ kind: 'text', default: '', schema: TemplateId, pick: 'templates' }),
    title: whereCreated({
      kind: 'value',
      accepts: 'string',
      default: 'payload',
      defaultType: 'msg',
      types: textSources,
      schema: CaseTitle,
    }),
    tooLong: whereCreated(tooLong),
    customer: whereCreated({
      kind: 'value',
      accepts: 'string',
      default: '',
      defaultType: 'str',
      types: textSources,
      optional: true,
      schema: CustomerProfileArn,
      hint: 'arn:profiles/',
    }),
    rows: whereCreated({ kind: 'rows', default: [], key: 'id', offers: 'fields', optional: true }),
    performedByKind: whereCreated(authorFields.performedByKind),
    performedBy: {
      ...authorFields.performedBy,
      when: [{ otherwise: ['create'], performedByKind: authorKinds }],
    },
    remember: { kind: 'text', default: 60, schema: caseNodes.remember },
    output: output('caseId'),
    outputs: { kind: 'outputs', two: [{ otherwise: ['output'] }] },
  },
  permissions: ({ otherwise, customer }) => [
    'cases:SearchCases',
    'cases:GetCase',
    ...(otherwise === 'create' ? ['cases:CreateCase', 'cases:ListTemplates', 'cases:GetTemplate'] : []),
    ...(otherwise === 'create' && customer !== '' ? ['profile:SearchProfiles'] : []),
  ],
  results: { caseId: 'string', case: 'object' },
};
