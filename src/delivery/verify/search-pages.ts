import { quotas } from '../../model/quotas';

/** Pages of one search at most: ten times the items that a case may have by default. */
export const mostPages = 80;

const { burst, perSecond } = quotas.SearchRelatedItems;

/** How long a page of a search waits, by its number: a long list takes no more than every account's quota. */
export const pageDelayMs = (page: number): number => (page < burst ? 0 : 1000 / perSecond);
