import type { UserUnion as PerformedBy, RelatedItemInputContent } from '@aws-sdk/client-connectcases';
import type { Author } from '../definition/author';
import type { Values } from '../definition/field';
import type { RelatedItem } from '../definition/related-item';
import type { RelatedItemRequest } from '../delivery/delivery';
import { invalidInput } from '../errors/errors';
import { check } from '../model/check';
import { CaseId, DomainId, UserUnion } from '../model/limits';
import type { Schema } from '../model/schema';
import { snapshot, unreadable } from './snapshot';

/** What a message asks for, as it was found: nothing is known to be valid yet. */
export interface RequestSource {
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
  const { performedBy } = source;
  demand(DomainId, source.domainId, 'domainId');
  demand(CaseId, source.caseId ?? undefined, 'caseId');
  demand(item.content, content, item.member);
  if (performedBy) {
    demand(UserUnion[performedBy.kind], performedBy.value ?? undefined, `performedBy.${performedBy.kind}`);
  }
  return {
    domainId: source.domainId as string,
    caseId: source.caseId as string,
    type: item.type,
    content: { [item.member]: content } as unknown as RelatedItemInputContent,
    ...(performedBy && { performedBy: { [performedBy.kind]: performedBy.value } as unknown as PerformedBy }),
  };
}

function contentOf(item: RelatedItem, values: Values): unknown {
  try {
    return snapshot(item.toContent(values), item.member);
  } catch (error) {
    throw error instanceof Error && error.name === 'CasesError' ? error : unreadable(item.member, error);
  }
}

function demand(schema: Schema, value: unknown, path: string): void {
  const problem = check(schema, value, path);
  if (problem) throw invalidInput(problem);
}
