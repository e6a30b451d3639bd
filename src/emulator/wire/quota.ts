import { defaultQuota } from '../../model/limits';
import type { OperationName } from '../operations';

/** A token bucket: so many requests per second, and so many at once. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Quotas of one account in one Region (administrator guide, "service quotas"). DeleteRelatedItem is not
 * listed there and gets the most common value.
 */
const documented: Readonly<Record<OperationName, Quota>> = {
  ...defaultQuota,
  DeleteRelatedItem: { perSecond: 2, burst: 10 },
  GetCase: { perSecond: 4, burst: 10 },
  CreateCase: { perSecond: 2, burst: 10 },
  SearchCases: { perSecond: 2, burst: 10 },
  ListDomains: { perSecond: 2, burst: 5 },
  GetDomain: { perSecond: 2, burst: 5 },
  ListFields: { perSecond: 2, burst: 5 },
  ListFieldOptions: { perSecond: 6, burst: 16 },
  ListTemplates: { perSecond: 2, burst: 10 },
};

/**
 * `unlimited` lifts the quota of every API. A quota is the one of CreateRelatedItem and of SearchRelatedItems;
 * the other APIs keep theirs.
 */
export type QuotaSetting = 'unlimited' | Quota | undefined;

export interface Throttle {
  /** Takes a token of the API's bucket in `region`; false where there is none. */
  take(operation: OperationName, region: string): boolean;
  /** Changes the quota from now on; tokens that were saved up stay, up to the new burst. */
  set(quota: QuotaSetting): void;
}

/** One bucket per API and Region, full at first; `now` in milliseconds. */
export function createThrottle(initial: QuotaSetting, now: () => number): Throttle {
  const buckets = new Map<string, { tokens: number; filledAt: number }>();
  let setting = initial;

  const quotaOf = (operation: OperationName): Quota | undefined => {
    if (setting === 'unlimited') return undefined;
    return operation in defaultQuota ? (setting ?? documented[operation]) : documented[operation];
  };

  return {
    take(operation, region) {
      const quota = quotaOf(operation);
      if (!quota) return true;
      const key = `${region}/${operation}`;
      const time = now();
      const bucket = buckets.get(key) ?? { tokens: quota.burst, filledAt: time };
      const refilled = bucket.tokens + ((time - bucket.filledAt) / 1000) * quota.perSecond;
      const tokens = Math.min(quota.burst, refilled);
      const taken = tokens >= 1;
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, filledAt: time });
      return taken;
    },
    set(quota) {
      setting = quota;
    },
  };
}
