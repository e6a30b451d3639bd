import type { Change, StoredRow } from './change';

/** What the store asks of the thread that has the file; each request gets one answer, in their order. */
export type Request =
  /** Where it is open, nothing is done unless it was deleted: then all that it has is put where it was. */
  | { readonly do: 'open' }
  /** `wallIsRight`: the service's answers agree with this machine's clock. */
  | { readonly do: 'apply'; readonly changes: readonly Change[]; readonly wallIsRight: boolean }
  /** Writes the time down where messages wait. */
  | { readonly do: 'tick'; readonly wallIsRight: boolean }
  | { readonly do: 'notes' }
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

/** A note as it stands in the file. */
export interface NoteRow {
  readonly id: string;
  readonly value: Uint8Array;
  /** By the clock of the file. */
  readonly until: number;
}

/** What the file has to say when it is opened. */
export interface OpenAnswer {
  readonly rescue: Rescue | undefined;
  /** What the clock of the file showed at a moment of the process. */
  readonly clock: { readonly fileMs: number; readonly monotonicMs: number };
  /** When something was last written to it, by its clock; minus infinity: never. */
  readonly lastRunAt: number;
}

export interface Answer {
  /** Why nothing was done; `held`: another process has the file; `isDone`: nobody knows whether it was done all the same. */
  readonly failure?: { readonly text: string; readonly held: boolean; readonly isDone?: 'unknown' };
  /** There where it was opened, for the first time or anew. */
  readonly open?: OpenAnswer;
  readonly page?: Page;
  readonly notes?: readonly NoteRow[];
  /** How many messages there are, by their domain nodes. */
  readonly counts?: ReadonlyMap<string, number>;
}

/** Milliseconds of a clock that never goes back, the same in all threads of the process. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;
