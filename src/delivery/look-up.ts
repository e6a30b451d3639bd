import { SearchRelatedItemsPage } from '../limits';
import type { Claim } from './claims';
import { clockToleranceMs } from './claims';
import type { RelatedItemRequest } from './delivery';
import { filterFor, isItemOf } from './match';
import type { CasesService, FoundItems } from './service';

export interface LookUp {
  readonly request: RelatedItemRequest;
  readonly claim: Claim;
  /** How long ago, in milliseconds, the first request that this could have been was sent. */
  readonly ageMs: number;
}

/** The ids of the items on a page that are those of `lookUp` and of no other message yet. */
export function unclaimedOn(
  page: FoundItems,
  { request, claim, ageMs }: LookUp,
  serverTime: number,
): string[] {
  const earliest = serverTime - ageMs - clockToleranceMs;
  return page.items.flatMap(({ relatedItemId, associationTime, ...rest }) => {
    if (!relatedItemId || !claim.isFree(relatedItemId)) return [];
    if (associationTime && associationTime.getTime() < earliest) return [];
    return isItemOf(request, { relatedItemId, associationTime, ...rest }) ? [relatedItemId] : [];
  });
}

/** One page of the search for the item of `request`. */
export function searchPage(
  service: CasesService,
  request: RelatedItemRequest,
  nextToken: string | undefined,
  signal: AbortSignal,
): Promise<FoundItems> {
  const { domainId, caseId } = request;
  return service.search(
    {
      domainId,
      caseId,
      filters: [filterFor(request)],
      maxResults: SearchRelatedItemsPage.max,
      ...(nextToken !== undefined && { nextToken }),
    },
    signal,
  );
}
