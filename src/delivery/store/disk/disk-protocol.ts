import type { Change, StoredRow } from './change';

/** What the store asks of the thread that has the file; each request gets one answer, in their order. */
export type Request =
  | { readonly do: 'open' }
  | { readonly do: 'apply'; readonly changes: readonly Change[] }
  | { readonly do: 'page'; readonly page: PageRequest }
  | { readonly do: 'count' }
  | { readonly do: 'close' };

/** Some of the messages of a domain node, oldest first. */
export interface PageRequest {
  readonly domainNodeId: string;
  /** Those that came after this place; 0: from the oldest on. */
  readonly after: number;
  /** Not those that came after this place; undefined: after the request for the first page. */
  readonly upTo: number | undefined;
  readonly limit: number;
}

/** A message of a page but for what it holds. */
export interface PageRow extends Omit<StoredRow, 'msg' | 'input'> {
  readonly msgBytes: number;
  readonly inputBytes: number;
}

export interface Page {
  readonly rows: readonly PageRow[];
  /** What the messages hold: `msg` and `input` of each, one behind the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the request for the next page goes on with; `after` undefined: this was the last. */
  readonly after: number | undefined;
  readonly upTo: number;
}

/** A damaged file that was put aside. */
export interface Rescue {
  readonly from: string;
  /** How many of its messages could be read and go on. */
  readonly messages: number;
}

export interface Answer {
  /** Why nothing was done; `held`: another process has the file. */
  readonly failure?: { readonly text: string; readonly held: boolean };
  readonly rescue?: Rescue | undefined;
  readonly page?: Page;
  /** How many messages there are, by their domain nodes. */
  readonly counts?: ReadonlyMap<string, number>;
}
