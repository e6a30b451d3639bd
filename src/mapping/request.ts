import type { RelatedItemInputContent, RelatedItemType } from '@aws-sdk/client-connectcases';
import type { Author } from '../definition/author';
import type { FieldNames } from '../definition/domain-fields';
import type { Values } from '../definition/field';
import type { ContentByType, RelatedItem } from '../definition/related-item';
import { CasesError } from '../errors/errors';
import { CaseId, DomainId } from '../model/limits';
import type { RelatedItemRequest } from '../model/operations';
import { demand, demandAuthor, fitting } from './demand';
import { unreadable } from './unreadable';

/** What a message asks for, as it was found: nothing is known to be valid yet. */
interface RequestSource {
  readonly domainId: unknown;
  readonly caseId: unknown;
  /** Left out: the service names the caller. */
  readonly performedBy?: Author;
  readonly values: Values;
}

/**
 * The request for one related item, exactly as the service's model allows it.
 * Throws `INVALID_INPUT` with the path of the first member that is not, and nothing else.
 */
export function toRequest(item: RelatedItem, source: RequestSource): RelatedItemRequest {
  const content = contentOf(item, source.values);
  return {
    domainId: demand(DomainId, source.domainId, 'domainId') as string,
    caseId: demand(CaseId, source.caseId, 'caseId') as string,
    type: item.type,
    content: {
      [item.member]: fitting(item.content, content, item.member),
    } as unknown as RelatedItemInputContent,
    ...demandAuthor(source.performedBy),
  };
}

/**
 * The request with the ids of the fields that it calls by name, and with values that they hold. Rejects with a
 * `CasesError`.
 */
export async function withFieldIds(
  item: RelatedItem,
  request: RelatedItemRequest,
  names: FieldNames,
): Promise<RelatedItemRequest> {
  if (!item.withIds) return request;
  const content = (request.content as unknown as Readonly<Record<string, AnyContent>>)[item.member];
  if (!content) return request;
  return {
    ...request,
    content: { [item.member]: await item.withIds(content, names) } as unknown as RelatedItemInputContent,
  };
}

type AnyContent = ContentByType[RelatedItemType];

function contentOf(item: RelatedItem, values: Values): unknown {
  try {
    return item.toContent(values);
  } catch (error) {
    throw error instanceof CasesError ? error : unreadable(item.member, error);
  }
}
