/** Short forms of what the service holds, as the page gets them. */

export interface CaseView {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly reference: string;
  readonly items: number;
  readonly activeAt: number;
}

export interface ItemView {
  readonly id: string;
  readonly caseId: string;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: string;
  readonly text: string;
  /** Label and value. */
  readonly facts: readonly (readonly [string, string])[];
  /** SLA only: when it is due, in milliseconds since 1970. */
  readonly dueAt?: number;
}

/** What there is when the page opens; `items` newest first. */
export interface Snapshot {
  readonly domain: string;
  readonly totalCases: number;
  readonly cases: readonly CaseView[];
  readonly items: readonly ItemView[];
}

/** What came since; `items` oldest first, `deleted` ids of items. */
export interface Changes {
  readonly totalCases: number;
  readonly cases: readonly CaseView[];
  readonly items: readonly ItemView[];
  readonly deleted: readonly string[];
}
