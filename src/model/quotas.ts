import type { OperationName } from './operations';

/** What one account may ask for in one Region, shared by all its clients. */
export interface Quota {
  readonly perSecond: number;
  /** Requests that may go at once after a pause. */
  readonly burst: number;
}

/**
 * Default quota of each operation (administrator guide, "service quotas"), one bucket each. All can be raised, so they
 * are only where pacing starts.
 */
export const quotas = {
  CreateRelatedItem: { perSecond: 2, burst: 10 },
  CreateCase: { perSecond: 2, burst: 10 },
  UpdateCase: { perSecond: 2, burst: 2 },
  SearchCases: { perSecond: 2, burst: 10 },
  GetCase: { perSecond: 4, burst: 10 },
  SearchRelatedItems: { perSecond: 2, burst: 10 },
  GetTemplate: { perSecond: 6, burst: 20 },
  ListFields: { perSecond: 2, burst: 5 },
  ListFieldOptions: { perSecond: 6, burst: 16 },
  ListTemplates: { perSecond: 2, burst: 10 },
  GetDomain: { perSecond: 2, burst: 5 },
} as const satisfies Readonly<Record<OperationName, Quota>>;
