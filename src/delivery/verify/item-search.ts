import type { SearchRelatedItemsResponse } from '@aws-sdk/client-connectcases';
import { CasesError } from '../../errors/errors';
import { SearchRelatedItemsPage } from '../../model/limits';
import type { Caller } from '../channel/channel';
import type { Channels } from '../channel/channels';
import type { Failure } from '../service/outcome';
import type { CasesService } from '../service/service';
import type { Clock } from '../time/clock';
import type { Schedule } from '../time/schedule';
import { clockToleranceMs } from './claims';
import type { LostRequest } from './lost-request';
import { mostPages, pageDelayMs } from './search-pages';

export interface SearchContext {
  readonly service: CasesService;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly schedule: Schedule;
  readonly warn: (topic: string, text: string) => void;
}

/** An item that could be the lost one: it is ours now, or has to be left alone while a twin may be answered with it. */
type Found = { readonly is: 'taken'; readonly itemId: string } | { readonly is: 'twin in flight' };
/** How one search over all pages ended, and when it began. */
export type Search = { readonly beganAt: number } & (
  | Found
  | { readonly is: 'nothing' }
  | { readonly is: 'failure'; readonly failure: Failure }
);

/** Reads page after page until there is an item that may be taken. */
export async function searchItem(context: SearchContext, caller: Caller, lost: LostRequest): Promise<Search> {
  const { service, clock, channels, schedule } = context;
  const { domainId, caseId } = lost.input;
  const channel = channels.to('SearchRelatedItems');
  let beganAt = clock.now();
  let nextToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    if (pageDelayMs(pages) > 0) await schedule.after(clock.now(), pageDelayMs(pages));
    const request = {
      domainId,
      caseId,
      filters: [lost.rules.filter(lost.input)],
      maxResults: SearchRelatedItemsPage.max,
      ...(nextToken !== undefined && { nextToken }),
    };
    const result = await channel.call(caller, (signal) => {
      if (pages === 0) beganAt = clock.now();
      return service.call('SearchRelatedItems', request, signal);
    });
    if (caller.settled) return { is: 'nothing', beganAt };
    if ('failure' in result) {
      const { failure } = result;
      // A case that was created a moment ago may not be there yet for reads.
      return failure.error.code === 'NOT_FOUND'
        ? { is: 'nothing', beganAt }
        : { is: 'failure', beganAt, failure };
    }
    const found = take(context, result.answer.output, lost);
    if (found) return { ...found, beganAt };
    nextToken = result.answer.output.nextToken || undefined;
    if (nextToken === undefined) return { is: 'nothing', beganAt };
  }
  return { is: 'failure', beganAt, failure: endless };
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
  const ids = (relatedItems ?? []).flatMap((item) => {
    if (!item?.relatedItemId || !claim.isFree(item.relatedItemId, rules.authorOf(item))) return [];
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

/** Nobody can tell what is on a list that does not end. */
const endless: Failure = {
  fate: 'refused',
  cause: 'other',
  error: new CasesError('SERVICE', `A search has more than ${mostPages} pages.`),
};

const createdTwice = (attempts: number): string =>
  `An item was created more than once: its answers were lost, and it appeared after ${attempts} attempts.`;
