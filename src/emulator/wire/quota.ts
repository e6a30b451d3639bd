import type { Quota, QuotaSetting } from '../api';
import { type OperationName, operationNames } from '../operations';

const quota = (perSecond: number, burst: number): Quota => ({ perSecond, burst });

/** The most common one, of all operations that are not in `others`; some of them are not in the guide. */
const usual = quota(2, 10);
const setUp = quota(2, 5);

/** Other quotas of one account in one Region (administrator guide, "service quotas"). */
const others: Partial<Record<OperationName, Quota>> = {
  GetCase: quota(4, 10),
  UpdateCase: quota(2, 2),
  ListCasesForContact: quota(2, 2),
  CreateDomain: setUp,
  ListDomains: setUp,
  GetDomain: setUp,
  CreateField: setUp,
  UpdateField: setUp,
  ListFields: setUp,
  BatchPutFieldOptions: setUp,
  CreateTemplate: setUp,
  UpdateTemplate: setUp,
  CreateLayout: setUp,
  UpdateLayout: setUp,
  CreateCaseRule: setUp,
  UpdateCaseRule: setUp,
  DeleteCaseRule: setUp,
  BatchGetField: quota(8, 25),
  BatchGetCaseRule: quota(8, 25),
  ListFieldOptions: quota(6, 16),
  GetTemplate: quota(6, 20),
  GetLayout: quota(6, 20),
};

/** The service's own quota of each operation. */
export const defaultQuotas = Object.fromEntries(
  operationNames.map((name) => [name, others[name] ?? usual]),
) as Readonly<Record<OperationName, Quota>>;

const isOne = (setting: object): setting is Quota => 'perSecond' in setting;

/** The quota of an operation under `setting`. */
function quotaOf(setting: QuotaSetting, operation: OperationName): Quota | 'unlimited' {
  if (setting === undefined) return defaultQuotas[operation];
  if (setting === 'unlimited' || isOne(setting)) return setting;
  return setting[operation] ?? defaultQuotas[operation];
}

/** Throws a sentence for people where `setting` is no quota, or for an operation that there is not. */
export function requireQuota(setting: QuotaSetting): void {
  if (setting === undefined || setting === 'unlimited') return;
  const quotas = isOne(setting) ? { quota: setting } : setting;
  for (const [name, value] of Object.entries(quotas)) {
    if (!isOne(setting) && !(operationNames as readonly string[]).includes(name)) {
      throw new Error(`There is a quota for '${name}', which is no operation`);
    }
    if (value !== undefined && value !== 'unlimited' && !isQuota(value)) {
      throw new Error(`The quota of '${name}' has to have a perSecond above 0 and a burst of at least 1`);
    }
  }
}

/** Programs in other languages may have sent anything. */
function isQuota(value: unknown): boolean {
  const { perSecond, burst } = (value ?? {}) as Partial<Record<keyof Quota, unknown>>;
  return typeof perSecond === 'number' && typeof burst === 'number' && perSecond > 0 && burst >= 1;
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
