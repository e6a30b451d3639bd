import type { SearchRelatedItemsResponse } from '@aws-sdk/client-connectcases';
import type { Caller } from '../channel/channel';
import type { Failure } from '../service/outcome';
import { clockToleranceMs } from './claims';
import type { LostRequest } from './lost-request';
import { type SearchContext, searchPages } from './search-pages';

/** An item that could be the lost one: it is ours now, or has to be left alone while a twin may be answered with it. */
type Found = { readonly is: 'taken'; readonly itemId: string } | { readonly is: 'twin in flight' };
/** How one search over all pages ended, and when it began. */
type Search = { readonly beganAt: number } & (
  | Found
  | { readonly is: 'nothing' }
  | { readonly is: 'failure'; readonly failure: Failure }
);

/** Reads page after page until there is an item that may be taken. */
export async function searchItem(context: SearchContext, caller: Caller, lost: LostRequest): Promise<Search> {
  let beganAt: number | undefined;
  for await (const page of searchPages(context, caller, lost.rules, lost.input)) {
    beganAt ??= page.sentAt;
    if (caller.settled) break;
    if ('failure' in page) {
      const { failure } = page;
      // A case that was created a moment ago may not be there yet for reads.
      if (failure.error.code === 'NOT_FOUND') break;
      return { is: 'failure', beganAt, failure };
    }
    const found = take(context, page.found, lost);
    if (found) return { ...found, beganAt };
  }
  return { is: 'nothing', beganAt: beganAt ?? context.clock.now() };
}

/** Takes the first item on a page that could be the lost one and belongs to no other message yet. */
function take(
  { clock, service, warn }: SearchContext,
  { relatedItems }: SearchRelatedItemsResponse,
  lost: LostRequest,
): Found | undefined {
  const { rules, input, claim, attempts } = lost;
  const now = clock.now();
  const sentAt = Math.min(service.serverTime() - (now - claim.since), claim.sentBefore);
  const earliest = sentAt - clockToleranceMs;
  const isFree = claim.freeItems();
  const ids = (relatedItems ?? []).flatMap((item) => {
    if (!item?.relatedItemId || !isFree(item.relatedItemId, rules.authorOf(item))) return [];
    if (item.associationTime && item.associationTime.getTime() < earliest) return [];
    return rules.isItemOf(input, item) ? [item.relatedItemId] : [];
  });
  const [itemId] = ids;
  if (itemId === undefined) return undefined;
  if (claim.twinInFlight) return { is: 'twin in flight' };
  if (ids.length > claim.openTwins) warn('twice', createdTwice(attempts));
  claim.take(itemId, now);
  return { is: 'taken', itemId };
}

const createdTwice = (attempts: number): string =>
  `An item was created more than once: its answers were lost, and it appeared after ${attempts} attempts.`;
