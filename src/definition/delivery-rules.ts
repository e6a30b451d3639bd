import type {
  RelatedItemTypeFilter,
  SearchRelatedItemsRequest,
  SearchRelatedItemsResponseItem,
  UserUnion,
} from '@aws-sdk/client-connectcases';
import type { Input, OperationName } from '../model/operations';

/** How requests of one operation are delivered. */
export interface DeliveryRules<Name extends OperationName = OperationName> {
  readonly operation: Name;
  /**
   * Requests with equal keys are sent one after the other in the order in which they came, whichever operation they
   * are for; undefined: in no particular order.
   */
  orderKey(input: Input<Name>): string | undefined;
  /** Texts that no error and no log repeats, even if the service does. */
  sensitiveTexts(input: Input<Name>): readonly string[];
  /**
   * The request as it is sent, made when its turn has come, as where it names fields by their names and needs their
   * ids; left out: as it is. Rejects with a `CasesError`: nothing is sent then.
   */
  prepare?(input: Input<Name>): Promise<Input<Name>>;
  /** The one request that does what both would; undefined where they have to be sent on their own. */
  merge?(first: Input<Name>, next: Input<Name>): Input<Name> | undefined;
  readonly whenAnswerIsLost: Name extends 'CreateRelatedItem' ? Verify<Input<Name>> : Repeat;
}

/** The same request may be sent again: it does nothing twice. */
interface Repeat {
  readonly do: 'repeat';
}

/** Sent again, the request would make a second item: a search finds out whether the first one was carried out. */
export interface Verify<Request> {
  readonly do: 'verify';
  /** Nothing is sent where the case has such an item already, whoever added it: its message gets that one. */
  readonly keepsExisting: boolean;
  /** The case to search, by its domain and its plain id. */
  caseOf(request: Request): Required<Pick<SearchRelatedItemsRequest, 'domainId' | 'caseId'>>;
  /** The narrowest filter of a search that still finds the item of `request`. */
  filter(request: Request): RelatedItemTypeFilter;
  /** Equal for requests whose items could be taken for each other. */
  identity(request: Request): string;
  /** Equal for the same author; undefined where none is named. */
  authorOf(from: { readonly performedBy?: UserUnion | undefined }): string | undefined;
  /** Whether a found item has the content and the author of `request`. */
  isItemOf(request: Request, found: SearchRelatedItemsResponseItem): boolean;
}
