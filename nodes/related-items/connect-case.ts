import { textSources } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { plainCaseId } from '../../src/definition/related-item-rules';
import { isRecord } from '../../src/mapping/snapshot';
import { CaseId } from '../../src/model/limits';
import { structure } from '../../src/model/schema';

export const connectCase: RelatedItem<'ConnectCase'> = {
  base: 'connect-case',
  type: 'ConnectCase',
  member: 'connectCase',
  color: '#DDC3D5',
  fields: {
    relatedCaseId: {
      kind: 'value',
      accepts: 'string | object',
      default: 'payload',
      defaultType: 'msg',
      types: textSources,
      schema: CaseId,
      pick: 'cases',
    },
  },
  content: structure({ caseId: CaseId }),
  toContent: ({ relatedCaseId }) => (isRecord(relatedCaseId) ? relatedCaseId : { caseId: relatedCaseId }),
  filter: ({ caseId }) => ({ connectCase: { caseId } }),
  identity: ({ caseId }) => [plainCaseId(caseId)],
  sensitiveTexts: () => [],
  permissions: [],
};
