/** What waits and what failed: which of it somebody asks for, and what comes. */
import type { ErrorWords } from './figures';

/** Which page of a list. */
interface PageRequest {
  /** Entries to leave out. */
  readonly skip?: number;
  /** Entries to give at most, from 1 to 100. */
  readonly limit?: number;
  /** Only what is of this node, or of what instances of its subflow have in its place; a group is then its messages alone. */
  readonly nodeId?: string;
  /** Sensitive parts (authors, SLA names) as they are, in place of dots; it takes the permission `flows.write`. */
  readonly plain?: boolean;
}

export interface WaitingRequest extends PageRequest {
  readonly domain: string;
}

/** What waits for one case, or for the same operation where the case is not known yet. */
export interface WaitingGroup {
  /** Names the group for `drop`. */
  readonly key: string;
  readonly caseId?: string;
  readonly title?: string;
  /** `CreateRelatedItem`, or the task of the first message: `find-or-create-case`. */
  readonly operation: string;
  readonly count: number;
  /** The first message, which came before all others. */
  readonly first: WaitingMessage;
}

export interface WaitingMessage {
  readonly id: string;
  readonly nodeId: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** What is sent, on one line, up to 200 characters; dots in place of what is sensitive. */
  readonly preview: string;
}

export interface WaitingPage {
  readonly groups: readonly WaitingGroup[];
  /** How many groups there are. */
  readonly total: number;
}

export type FailuresRequest = PageRequest;

/** A message that failed, or one whose node is gone, so that nobody was told how it ended. */
export interface FailureEntry {
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  readonly nodeId: string;
  /** `connect-cases-comment`; blank where the node is not there any more. */
  readonly nodeType: string;
  readonly nodeName: string;
  readonly operation: string;
  readonly caseId?: string;
  readonly title?: string;
  /** What was to be sent, on one line, up to 200 characters; dots in place of what is sensitive. */
  readonly preview: string;
  /** Left out: it was carried out, and its node was gone. */
  readonly error?: ErrorWords;
  /** What was done, where it was: the ARN of the item. */
  readonly outcome?: string;
  /**
   * `yes`; `ask`: it may have been carried out, so it may be there twice then; `no`: it was carried out, or too
   * little of it was kept.
   */
  readonly again: 'yes' | 'ask' | 'no';
}

export interface FailuresPage {
  /** Latest first. */
  readonly entries: readonly FailureEntry[];
  readonly total: number;
}

/** Which entries of the list of what failed. */
export interface FailuresChoice {
  readonly ids: readonly string[] | 'all';
}

/** What waits and is not to be sent: one message, all of a group, or all of the domain. */
export interface DropRequest {
  readonly domain: string;
  readonly what: { readonly message: string } | { readonly group: string } | 'all';
}

export interface SendAgainRequest extends FailuresChoice {
  /** Also those that may have been carried out already. */
  readonly evenTwice?: boolean;
}

/** What was sent again has left the list of what failed. */
export interface SentAgain {
  readonly sent: number;
  /** Those that may have been carried out already; they were left where they are unless `evenTwice` was asked for. */
  readonly inDoubt: readonly string[];
  /** Those that were not taken, each with why: the queue is full, the domain node is gone. */
  readonly refused: readonly { readonly id: string; readonly error: ErrorWords }[];
}
