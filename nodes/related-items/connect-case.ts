import { textSources } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { contentOfId } from '../../src/mapping/exact-form';
import { CaseId } from '../../src/model/limits';
import { structure } from '../../src/model/schema';
import { plainId } from '../../src/model/text';

export const connectCase: RelatedItem<'ConnectCase'> = {
  base: 'connect-case',
  type: 'ConnectCase',
  member: 'connectCase',
  color: '#DDC3D5',
  fields: {
    relatedCaseId: {
      kind: 'value',
      members: ['connectCase.caseId'],
      accepts: 'string | object',
      default: 'payload',
      defaultType: 'msg',
      types: textSources,
      schema: CaseId,
      pick: 'cases',
    },
  },
  content: structure({ caseId: CaseId }),
  toContent: ({ relatedCaseId }) => contentOfId(relatedCaseId, 'connectCase', 'caseId'),
  filter: ({ caseId }) => ({ connectCase: { caseId } }),
  identity: ({ caseId }) => [plainId(caseId)],
  sensitiveTexts: () => [],
  permissions: [],
};
