import type {
  FieldValue,
  RelatedItemContent,
  RelatedItemInputContent,
  RelatedItemTypeFilter,
  SearchRelatedItemsResponseItem,
} from '@aws-sdk/client-connectcases';
import type { RelatedItemRequest } from '../delivery';

/** The id of a case that is given by its id or by its ARN. */
export const plainCaseId = (caseId = ''): string => caseId.slice(caseId.lastIndexOf('/') + 1);

/** The narrowest filter of a search that still finds the item of `request`. */
export function filterFor({ content }: RelatedItemRequest): RelatedItemTypeFilter {
  const { contact, file, sla, connectCase, custom } = content ?? {};
  if (contact) return { contact: { contactArn: contact.contactArn } };
  if (file) return { file: { fileArn: file.fileArn } };
  if (sla) return { sla: { name: sla.slaInputConfiguration?.name } };
  if (connectCase) return { connectCase: { caseId: connectCase.caseId } };
  return custom ? { custom: {} } : { comment: {} };
}

/**
 * Whether a found item has the content and the author of `request`. One that names no author is by its credentials,
 * and the service names those as it likes.
 */
export function isItemOf(request: RelatedItemRequest, found: SearchRelatedItemsResponseItem): boolean {
  const author = authorOf(request);
  return (author === undefined || author === authorOf(found)) && fingerprint(request) === fingerprint(found);
}

/** Equal for the same author; undefined where none is named. */
export const authorOf = ({ performedBy }: Pick<RelatedItemRequest, 'performedBy'>): string | undefined =>
  performedBy && JSON.stringify(performedBy);

/**
 * Equal for two requests of a case whose items could be taken for each other, and for a request and its item as a
 * search gives it. An SLA comes back with a target time in place of its minutes. From when the service counts them
 * is not documented, and a wrong guess would turn each lost answer into a second SLA: so they are not compared.
 */
export function fingerprint({
  content,
}: Pick<RelatedItemRequest | SearchRelatedItemsResponseItem, 'content'>): string {
  const { comment, contact, file, sla, connectCase, custom } = (content ?? {}) as Partial<
    RelatedItemInputContent & RelatedItemContent
  >;
  if (comment) return JSON.stringify(['comment', comment.body]);
  if (contact) return JSON.stringify(['contact', contact.contactArn]);
  if (file) return JSON.stringify(['file', file.fileArn]);
  if (connectCase) return JSON.stringify(['case', plainCaseId(connectCase.caseId)]);
  if (custom) return JSON.stringify(['custom', sortedById(custom.fields ?? [])]);
  const { name, fieldId, targetFieldValues = [] } = sla?.slaInputConfiguration ?? sla?.slaConfiguration ?? {};
  return JSON.stringify(['sla', name, fieldId, targetFieldValues]);
}

/** The service may give fields in another order, and leave out those that are empty. */
const sortedById = (fields: readonly FieldValue[]): readonly unknown[] =>
  fields
    .filter(({ value }) => value?.emptyValue === undefined)
    .map(({ id, value }) => [String(id), value])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
