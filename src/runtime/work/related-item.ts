import { authorOf } from '../../definition/author';
import type { RelatedItem } from '../../definition/related-item';
import { relatedItemRules } from '../../definition/related-item-rules';
import { toRequest, withFieldIds } from '../../mapping/request';
import type { RelatedItemRequest } from '../../model/operations';
import { plainId } from '../../model/text';
import { doneStatus } from '../status-words';
import type { RequestWork } from './work';

/** The message goes on with the ARN of the item that it became. */
export const addItem = (item: RelatedItem): RequestWork<'CreateRelatedItem', RelatedItemRequest> => ({
  base: item.base,
  operation: 'CreateRelatedItem',
  type: item.type,
  parts: item.fields,
  toInput(values, { domainId, performedBy: inherited }) {
    const performedBy = authorOf(values, inherited);
    return toRequest(item, { domainId, caseId: values.caseId, values, ...(performedBy && { performedBy }) });
  },
  rules: (keep) => relatedItemRules(item, keep ? 'keep' : 'add'),
  ...(item.withIds && {
    prepare: (request: RelatedItemRequest, { fields }) => withFieldIds(item, request, fields),
  }),
  toResult({ output, input, requestId, attempts, verified, existing, merged }) {
    const { relatedItemArn = '', relatedItemId = '' } = output;
    const { type, domainId, caseId } = input;
    const relatedItem = {
      relatedItemArn,
      relatedItemId,
      type: String(type),
      domainId,
      caseId,
      requestId,
      attempts,
      verified,
      ...(existing && { existing }),
      ...(merged && { merged }),
    };
    return {
      outcome: `created as ${relatedItemArn}`,
      summary: `The item ${relatedItemArn} was created`,
      status: doneStatus(Date.now()),
      output: { value: relatedItemArn, name: 'its ARN' },
      properties: { relatedItem },
    };
  },
  ended({ caseId }, end, { known, scope }) {
    if ('error' in end && end.error.code === 'NOT_FOUND') known.forget(scope, plainId(caseId));
  },
});
