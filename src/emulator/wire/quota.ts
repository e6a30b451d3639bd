import { type OperationName, operationNames } from '../operations';

/** A token bucket: so many requests per second, and so many at once. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

const quota = (perSecond: number, burst: number): Quota => ({ perSecond, burst });

/** The most common one, of all operations that are not in `documented`; some of them are not in the guide. */
const usual = quota(2, 10);

/** Quotas of one account in one Region (administrator guide, "service quotas"). */
const documented: Partial<Record<OperationName, Quota>> = {
  GetCase: quota(4, 10),
  UpdateCase: quota(2, 2),
  ListCasesForContact: quota(2, 2),
  ListDomains: quota(2, 5),
  GetDomain: quota(2, 5),
  ListFields: quota(2, 5),
  BatchGetField: quota(8, 25),
  ListFieldOptions: quota(6, 16),
  GetTemplate: quota(6, 20),
  GetLayout: quota(6, 20),
};

/** The service's own quota of each operation. */
export const defaultQuotas = Object.fromEntries(
  operationNames.map((name) => [name, documented[name] ?? usual]),
) as Readonly<Record<OperationName, Quota>>;

/**
 * One quota for every operation, or some that differ from the service's own: `{ CreateCase: 'unlimited' }`.
 * Undefined: all are the service's own.
 */
export type QuotaSetting =
  | 'unlimited'
  | Quota
  | Readonly<Partial<Record<OperationName, Quota | 'unlimited'>>>
  | undefined;

const isOne = (setting: object): setting is Quota => 'perSecond' in setting;

/** The quota of an operation under `setting`. */
function quotaOf(setting: QuotaSetting, operation: OperationName): Quota | 'unlimited' {
  if (setting === undefined) return defaultQuotas[operation];
  if (setting === 'unlimited' || isOne(setting)) return setting;
  return setting[operation] ?? defaultQuotas[operation];
}

export interface Throttle {
  /** Takes a token of the API's bucket at `place`, an account and Region; false where there is none. */
  take(operation: OperationName, place: string): boolean;
  /** Changes the quota from now on; tokens that were saved up stay, up to the new burst. */
  set(quota: QuotaSetting): void;
}

/** One bucket per API, account and Region, full at first; `now` in milliseconds. */
export function createThrottle(initial: QuotaSetting, now: () => number): Throttle {
  const buckets = new Map<string, { tokens: number; filledAt: number }>();
  let setting = initial;

  return {
    take(operation, place) {
      const allowed = quotaOf(setting, operation);
      if (allowed === 'unlimited') return true;
      const { perSecond, burst } = allowed;
      const key = `${place}/${operation}`;
      const time = now();
      const bucket = buckets.get(key) ?? { tokens: burst, filledAt: time };
      const tokens = Math.min(burst, bucket.tokens + ((time - bucket.filledAt) / 1000) * perSecond);
      const taken = tokens >= 1;
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, filledAt: time });
      return taken;
    },
    set(quota) {
      setting = quota;
    },
  };
}
