import type {
  CaseRuleDetails,
  EventBridgeConfiguration,
  FieldNamespace,
  FieldOption,
  FieldType,
  FieldValueUnion,
  LayoutContent,
  RelatedItemInputContent,
  RelatedItemType,
  TemplateRule,
  TemplateStatus,
  UserUnion,
} from '@aws-sdk/client-connectcases';
import type { Limits } from '../api';

/** What is known about anything that can be named by an ARN. Times are in milliseconds since 1970. */
export interface Resource {
  readonly id: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a domain is set up with. Deleted, it can still be read. */
export interface Definition extends Resource {
  readonly name: string;
  readonly description?: string;
  readonly modifiedAt: number;
  readonly deleted?: true;
}

export interface Field extends Definition {
  readonly type: FieldType;
  readonly namespace: FieldNamespace;
  /** Longest text in characters. */
  readonly maxLength?: number;
  readonly multiline?: boolean;
  readonly options?: readonly FieldOption[];
  /** Set by the service only. */
  readonly readOnly?: true;
}

export interface Template extends Definition {
  readonly status: TemplateStatus;
  readonly requiredFields: readonly string[];
  readonly layoutId?: string;
  readonly rules?: readonly TemplateRule[];
  /** Given to every case that is made from it; undefined: not configured. */
  readonly caseTags?: Readonly<Record<string, string>>;
}

export interface Layout extends Definition {
  readonly content: LayoutContent;
}

export interface CaseRule extends Definition {
  readonly rule: CaseRuleDetails;
}

/** What a domain holds besides its cases, by kind. */
export interface Definitions {
  readonly fields: Field;
  readonly templates: Template;
  readonly layouts: Layout;
  readonly rules: CaseRule;
}
export type DefinitionKind = keyof Definitions;

/** A domain without what it holds. */
export interface DomainRecord extends Resource {
  readonly name: string;
  /** Where its case events go. */
  readonly events?: EventBridgeConfiguration;
}
export type Domain = DomainRecord & {
  readonly [Kind in DefinitionKind]: ReadonlyMap<string, Definitions[Kind]>;
};

export interface RelatedItem extends Resource {
  /** Counts up over all cases: the order in which items were created. */
  readonly sequence: number;
  readonly type: RelatedItemType;
  readonly content: RelatedItemInputContent;
  readonly performedBy?: UserUnion;
  /** ARN of the principal that called. */
  readonly principal?: string;
  readonly updatedBy?: UserUnion;
  /** SLA only: when its field had the target value. */
  readonly metAt?: number;
}

/** A field before and after; undefined where there was no value. */
export interface FieldChange {
  readonly id: string;
  readonly before?: FieldValueUnion;
  readonly after?: FieldValueUnion;
}

/** Something done to a case after it was opened, apart from items added: those are there to see. */
export interface Event {
  readonly id: string;
  readonly type: 'Case.Updated' | 'RelatedItem.Updated' | 'RelatedItem.Deleted';
  readonly at: number;
  readonly itemType?: RelatedItemType;
  readonly fields: readonly FieldChange[];
  readonly performedBy?: UserUnion;
  readonly principal?: string;
}

/** A case without its items and its history. */
export interface CaseRecord extends Resource {
  /** Counts up over all cases. */
  readonly sequence: number;
  readonly domainId: string;
  readonly templateId: string;
  readonly fields: Readonly<Record<string, FieldValueUnion>>;
  readonly performedBy?: UserUnion;
  readonly principal?: string;
}
export interface Case extends CaseRecord {
  readonly fields: Record<string, FieldValueUnion>;
  tags: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly items: RelatedItem[];
  /** Oldest first. */
  readonly history: Event[];
}

/** What a client token was used for. */
interface TokenUse {
  /** Fingerprint of the request. */
  readonly request: string;
  /** CreateCase: the case that was opened. */
  readonly caseId?: string;
  /** Operations on several cases: what was answered. */
  readonly answer?: object;
}

/** A case that goes, or went, into another. */
export interface Merge {
  readonly domainId: string;
  readonly primaryCaseId: string;
  readonly secondaryCaseId: string;
  readonly endsAt: number;
  readonly isDone: boolean;
  /** Fields whose values go over. */
  readonly fieldIds: readonly string[];
  /** Types of items that go over. */
  readonly itemTypes: readonly RelatedItemType[];
}

/** What the service remembers for one account in one Region. */
export interface State {
  readonly domains: Map<string, Domain>;
  readonly cases: Map<string, Case>;
  /** What was answered, by client token. */
  readonly clientTokens: Map<string, TokenUse>;
  /** By the id of the secondary case. */
  readonly merges: Map<string, Merge>;
  lastSequence: number;
  /** The highest reference number of a case so far. */
  lastReference: number;
}

export const emptyState = (): State => ({
  domains: new Map(),
  cases: new Map(),
  clientTokens: new Map(),
  merges: new Map(),
  lastSequence: 0,
  lastReference: 1000,
});

/** A case of the state that is known to be there. */
export function caseOf({ cases }: State, caseId: string): Case {
  const found = cases.get(caseId);
  if (!found) throw new Error(`There is no case ${caseId}`);
  return found;
}

/** How much a case may hold, and fields a custom item (administrator guide, "service quotas"). */
export const defaultLimits: Limits = { relatedItems: 200, files: 50, slas: 10, customFields: 5 };
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
  /** ARN of the user or of the assumed role. */
  readonly principal: string;
}
