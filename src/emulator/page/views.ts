/** Short forms of what the service holds, as the page gets them. */
import type { Behaviour } from '../api';

export interface CaseView {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly reference: string;
  /** Account and Region, where it is not the service's own. */
  readonly place?: string;
  readonly items: number;
  readonly activeAt: number;
}

/** A label and a value. */
export type Fact = readonly [label: string, value: string];

/** What the page tells of the case that was chosen. */
export interface CaseDetails {
  readonly template: string;
  readonly fields: readonly Fact[];
  readonly tags: readonly Fact[];
}

export interface ItemView {
  readonly id: string;
  readonly caseId: string;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: string;
  readonly text: string;
  readonly facts: readonly Fact[];
  /** SLA only: how it stands, and when it is due, in milliseconds since 1970. */
  readonly sla?: { readonly status: string; readonly dueAt: number };
}

export interface RequestView {
  readonly at: number;
  readonly operation: string;
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly milliseconds: number;
}

/** What the page shows; the same for the case that is chosen and the text that is looked for. */
export interface Changes {
  readonly totalCases: number;
  readonly cases: readonly CaseView[];
  /** Of the chosen case, or of all, oldest first. */
  readonly items: readonly ItemView[];
  /** Ids of items and cases. */
  readonly deleted: readonly string[];
  readonly details?: CaseDetails;
  /** Oldest first. */
  readonly requests: readonly RequestView[];
  readonly behaviour: Behaviour;
}

/** What there is when the page opens; `items` newest first. */
export interface Snapshot extends Omit<Changes, 'deleted'> {
  readonly domain: string;
  /** How many cases have the text that is looked for. */
  readonly foundCases: number;
}

/** What a page asks for. */
export interface Wanted {
  /** Id of the chosen case; empty for all. */
  readonly caseId: string;
  /** Text that cases have to have. */
  readonly search: string;
  /** So many cases at most. */
  readonly cases: number;
}
