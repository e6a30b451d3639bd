import type {
  FieldNamespace,
  FieldOption,
  FieldType,
  FieldValueUnion,
  RelatedItemInputContent,
  RelatedItemType,
  TemplateStatus,
  UserUnion,
} from '@aws-sdk/client-connectcases';

export interface Field {
  readonly id: string;
  readonly name: string;
  readonly type: FieldType;
  readonly namespace: FieldNamespace;
  /** Longest text in characters. */
  readonly maxLength?: number;
  readonly multiline?: boolean;
  readonly options?: readonly FieldOption[];
  /** Set by the service only. */
  readonly readOnly?: true;
}

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly status: TemplateStatus;
  readonly requiredFields: readonly string[];
}

export interface Domain {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly fields: ReadonlyMap<string, Field>;
  readonly templates: readonly Template[];
}

/** Times are in milliseconds since 1970. */
export interface RelatedItem {
  readonly id: string;
  /** Counts up over all cases: the order in which items were created. */
  readonly sequence: number;
  readonly type: RelatedItemType;
  readonly createdAt: number;
  readonly content: RelatedItemInputContent;
  readonly performedBy?: UserUnion;
  /** SLA only: when its field had the target value. */
  readonly metAt?: number;
}

export interface Case {
  readonly id: string;
  readonly templateId: string;
  readonly createdAt: number;
  readonly fields: Record<string, FieldValueUnion>;
  readonly tags: Record<string, string>;
  /** Oldest first. */
  readonly items: RelatedItem[];
}

/** What the service remembers; plain data apart from the maps. */
export interface State {
  readonly cases: Map<string, Case>;
  /** Answers to CreateCase by client token. */
  readonly clientTokens: Map<string, { readonly caseId: string; readonly request: string }>;
  lastSequence: number;
}

export type Change =
  | { readonly kind: 'case'; readonly case: Case }
  | { readonly kind: 'item'; readonly case: Case; readonly item: RelatedItem }
  | { readonly kind: 'item-deleted'; readonly case: Case; readonly item: RelatedItem };

/** How many items a case may hold, and fields a custom item (administrator guide, "service quotas"). */
export const defaultLimits = { relatedItems: 200, files: 50, slas: 10, customFields: 5 } as const;
export type Limits = { readonly [name in keyof typeof defaultLimits]: number };
export const noLimits: Limits = {
  relatedItems: Number.POSITIVE_INFINITY,
  files: Number.POSITIVE_INFINITY,
  slas: Number.POSITIVE_INFINITY,
  customFields: Number.POSITIVE_INFINITY,
};

/** Who calls, as far as the answer depends on it. */
export interface Caller {
  readonly account: string;
  readonly region: string;
}

/** What the operations work on. */
export interface World {
  readonly domain: Domain;
  readonly state: State;
  readonly limits: Limits;
  /** How long a created item stays out of reads. */
  readonly lagSeconds: number;
  /** IAM actions that the caller is refused. */
  readonly denied: ReadonlySet<string>;
  now(): number;
  changed(change: Change): void;
}
