import { isDeepStrictEqual } from 'node:util';
import type {
  FieldValue,
  RelatedItemTypeFilter,
  SearchRelatedItemsResponseItem,
  UserUnion,
} from '@aws-sdk/client-connectcases';
import type { RelatedItemRequest } from './delivery';

/** The id of a case that is given by its id or by its ARN. */
export const plainCaseId = (caseId = ''): string => caseId.slice(caseId.lastIndexOf('/') + 1);

/** Equal for two requests that ask for the same item on the same case. */
export function fingerprint({ content, performedBy }: RelatedItemRequest): string {
  const fields = content?.custom?.fields;
  return JSON.stringify([fields ? sortedById(fields) : content, performedBy]);
}

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
 * Whether a found item has the content and the author of `request`. The service gives an SLA's time of
 * completion in place of its minutes, so those are not compared.
 */
export function isItemOf(request: RelatedItemRequest, found: SearchRelatedItemsResponseItem): boolean {
  return sameAuthor(request.performedBy, found.performedBy) && sameContent(request, found);
}

function sameAuthor(asked: UserUnion | undefined, found: UserUnion | undefined): boolean {
  if (!asked) return true;
  return found?.userArn === asked.userArn && found?.customEntity === asked.customEntity;
}

function sameContent({ content: asked }: RelatedItemRequest, found: SearchRelatedItemsResponseItem): boolean {
  const { content } = found;
  if (asked?.comment) return content?.comment?.body === asked.comment.body;
  if (asked?.contact) return content?.contact?.contactArn === asked.contact.contactArn;
  if (asked?.file) return content?.file?.fileArn === asked.file.fileArn;
  if (asked?.connectCase) {
    return (
      content?.connectCase !== undefined &&
      plainCaseId(content.connectCase.caseId) === plainCaseId(asked.connectCase.caseId)
    );
  }
  if (asked?.sla) {
    const wanted = asked.sla.slaInputConfiguration;
    const got = content?.sla?.slaConfiguration;
    return (
      got?.name === wanted?.name &&
      got?.fieldId === wanted?.fieldId &&
      isDeepStrictEqual(plain(got?.targetFieldValues ?? []), plain(wanted?.targetFieldValues ?? []))
    );
  }
  return (
    content?.custom !== undefined &&
    isDeepStrictEqual(
      plain(sortedById(content.custom.fields ?? [])),
      plain(sortedById(asked?.custom?.fields ?? [])),
    )
  );
}

/** The service may give fields in another order, and leave out those that are empty. */
const sortedById = (fields: readonly FieldValue[]): readonly FieldValue[] =>
  fields
    .filter(({ value }) => value?.emptyValue === undefined)
    .toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

/** Without members that are undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
