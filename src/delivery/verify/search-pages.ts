import type { SearchRelatedItemsResponse } from '@aws-sdk/client-connectcases';
import type { Verify } from '../../definition/delivery-rules';
import { CasesError } from '../../errors/errors';
import { SearchRelatedItemsPage } from '../../model/limits';
import type { Input } from '../../model/operations';
import { quotas } from '../../model/quotas';
import type { Caller } from '../channel/channel';
import type { Channels } from '../channel/channels';
import type { Failure } from '../service/outcome';
import type { CasesService } from '../service/service';
import type { Clock } from '../time/clock';
import type { Schedule } from '../time/schedule';

export interface SearchContext {
  readonly service: CasesService;
  readonly clock: Clock;
  readonly channels: Channels;
  readonly schedule: Schedule;
  readonly warn: (topic: string, text: string) => void;
}

/** A page of a search, or why there is none; and when the request for it went out. */
type Page = { readonly sentAt: number } & (
  | { readonly found: SearchRelatedItemsResponse }
  | { readonly failure: Failure }
);

/** Pages of one search at most: ten times the items that a case may have by default. */
const mostPages = 80;
const { burst, perSecond } = quotas.SearchRelatedItems;

/** Nobody can tell what is on a list that does not end. */
const endless: Failure = {
  fate: 'refused',
  cause: 'other',
  error: new CasesError(
    'SERVICE',
    `A search has more than ${mostPages} pages, so it can't be told whether the item is there.`,
  ),
};

/**
 * The pages of a search for an item like that of `request`, up to the last one or one that can't be had. None comes any
 * more once `caller` is settled.
 */
export async function* searchPages(
  { service, clock, channels, schedule }: SearchContext,
  caller: Caller,
  rules: Verify<Input<'CreateRelatedItem'>>,
  request: Input<'CreateRelatedItem'>,
): AsyncGenerator<Page> {
  const channel = channels.to('SearchRelatedItems');
  let nextToken: string | undefined;
  let sentAt = clock.now();
  for (let pages = 0; pages < mostPages; pages += 1) {
    // A long list takes no more than every account's quota.
    if (pages >= burst) await schedule.after(clock.now(), 1000 / perSecond);
    const input = {
      ...rules.caseOf(request),
      filters: [rules.filter(request)],
      maxResults: SearchRelatedItemsPage.max,
      ...(nextToken !== undefined && { nextToken }),
    };
    const result = await channel.call(caller, (signal) => {
      sentAt = clock.now();
      return service.call('SearchRelatedItems', input, signal);
    });
    if ('failure' in result) {
      yield { sentAt, failure: result.failure };
      return;
    }
    const found = result.answer.output;
    yield { sentAt, found };
    nextToken = found.nextToken || undefined;
    if (nextToken === undefined) return;
  }
  yield { sentAt, failure: endless };
}
