import type {
  CreateRelatedItemCommandOutput,
  GetDomainCommandOutput,
  SearchRelatedItemsCommandOutput,
  SearchRelatedItemsResponseItem,
} from '@aws-sdk/client-connectcases';
import { plainCaseId } from '../../definition/related-item-rules';
import { check } from '../../model/check';
import { DomainArn, RelatedItemArn, RelatedItemId } from '../../model/limits';
import type { Schema } from '../../model/schema';
import { UnreadableAnswer } from './network-errors';
import type { Created, FoundItems } from './service';

/*
 * The answers of the service as they are documented. The SDK checks neither that a member is there nor that a text
 * is a text, and whatever answers in the service's place may say anything. All of these throw `UnreadableAnswer`.
 */

/** The item that was created for a request to the case `caseId`. */
export function createdItem(
  { relatedItemArn, relatedItemId, $metadata }: CreateRelatedItemCommandOutput,
  caseId: string,
): Created {
  if (!isText(RelatedItemId, relatedItemId) || !isText(RelatedItemArn, relatedItemArn)) {
    throw new UnreadableAnswer('has no ARN and id of an item', $metadata);
  }
  const [, caseOfItem = plainCaseId(caseId)] = /\/case\/([^/]+)\//.exec(relatedItemArn) ?? [];
  if (!relatedItemArn.endsWith(`related-item/${relatedItemId}`) || caseOfItem !== plainCaseId(caseId)) {
    throw new UnreadableAnswer('is about another item', $metadata);
  }
  const { requestId } = $metadata;
  return { relatedItemArn, relatedItemId, ...(requestId !== undefined && { requestId }) };
}

/** A page of the items of a case. */
export function foundItems({
  relatedItems,
  nextToken,
  $metadata,
}: SearchRelatedItemsCommandOutput): FoundItems {
  if (!Array.isArray(relatedItems)) throw new UnreadableAnswer('has no list of items', $metadata);
  const items = (relatedItems as readonly unknown[]).filter((item) => item !== null && item !== undefined);
  if (!items.every(isItem)) throw new UnreadableAnswer('has an item without id', $metadata);
  if (nextToken === undefined || nextToken === null || nextToken === '') return { items };
  if (typeof nextToken !== 'string') throw new UnreadableAnswer('has no token of a next page', $metadata);
  return { items, nextToken };
}

/** The ARN of the domain that was asked for. */
export function domainArn(answer: GetDomainCommandOutput, domainId: string): string {
  const { domainArn: arn } = answer;
  if (isText(DomainArn, arn) && arn.endsWith(`domain/${plainDomainId(domainId)}`)) return arn;
  throw new UnreadableAnswer('has no ARN of the domain', answer.$metadata);
}

/** Ids and ARNs go into the log and the status of nodes, so they hold nothing that can't be seen. */
const isText = (schema: Schema, value: unknown): value is string =>
  typeof value === 'string' && /^[!-~]+$/.test(value) && check(schema, value) === undefined;

const isItem = (item: unknown): item is SearchRelatedItemsResponseItem =>
  isText(RelatedItemId, (item as { relatedItemId?: unknown }).relatedItemId);

/** A domain may be given by its ARN, too. */
const plainDomainId = (domainId: string): string => domainId.slice(domainId.lastIndexOf('/') + 1);
