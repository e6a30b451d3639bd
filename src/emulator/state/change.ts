import type { RelatedItemInputContent, UserUnion } from '@aws-sdk/client-connectcases';
import type {
  CaseRecord,
  DefinitionKind,
  Definitions,
  DomainRecord,
  Event,
  Merge,
  RelatedItem,
} from './state';

/** One thing that can happen to a state, as plain data: what is told to the page, and what is written to a file. */
export type Change =
  | { readonly kind: 'domain'; readonly domain: DomainRecord }
  | { readonly kind: 'domain-deleted'; readonly domainId: string }
  | DefinitionChange
  /** `history` where it is not new. */
  | {
      readonly kind: 'case';
      readonly case: CaseRecord;
      readonly token?: string;
      readonly request?: string;
      readonly history?: readonly Event[];
    }
  /** `metItems`: ids of SLAs that are met by this. */
  | {
      readonly kind: 'case-updated';
      readonly caseId: string;
      readonly event: Event;
      readonly metItems?: readonly string[];
    }
  | { readonly kind: 'case-tags'; readonly caseId: string; readonly tags: Readonly<Record<string, string>> }
  | { readonly kind: 'case-deleted'; readonly caseId: string; readonly domainId?: string }
  | { readonly kind: 'item'; readonly caseId: string; readonly item: RelatedItem }
  | {
      readonly kind: 'item-updated';
      readonly caseId: string;
      readonly itemId: string;
      readonly content: RelatedItemInputContent;
      readonly updatedBy?: UserUnion;
      readonly event: Event;
    }
  | {
      readonly kind: 'item-moved';
      readonly caseId: string;
      readonly toCaseId: string;
      readonly itemId: string;
    }
  | {
      readonly kind: 'token';
      readonly domainId: string;
      readonly token: string;
      readonly request: string;
      readonly answer: object;
    }
  | { readonly kind: 'merge'; readonly merge: Merge }
  | {
      readonly kind: 'item-deleted';
      readonly caseId: string;
      readonly itemId: string;
      readonly event: Event;
    };

/** Several things that happen together or not at all. */
export interface Together {
  readonly kind: 'all';
  readonly changes: readonly Change[];
}

type DefinitionChange = {
  [Kind in DefinitionKind]: {
    readonly kind: Kind;
    readonly domainId: string;
    readonly entry: Definitions[Kind];
  };
}[DefinitionKind];
