/** A message as it stands in the file. */
export interface StoredRow {
  readonly id: string;
  readonly domainNodeId: string;
  readonly nodeId: string;
  readonly operation: string;
  readonly input: Uint8Array;
  readonly msg: Uint8Array;
  /** 0 or 1. */
  readonly merge: number;
  readonly keep: number;
  readonly acceptedAt: number;
  readonly attempts: number;
  readonly firstSentAt: number | null;
  readonly lastSentAt: number | null;
  readonly packedWith: string | null;
  /** A list as JSON. */
  readonly notMine: string | null;
  /** Null: it is not known. */
  readonly ended: Uint8Array | null;
}

/** The columns that tell of a request in doubt; null: there is none. */
export type DoubtColumns = Pick<StoredRow, 'firstSentAt' | 'lastSentAt' | 'packedWith' | 'notMine'>;

/** One change of the file. */
export type Change =
  /** `isThere`: nobody knows whether it is in the file already, so its removal has to be made, too. */
  | { readonly do: 'add'; readonly id: string; readonly row: StoredRow; readonly isThere?: 'unknown' }
  /** `attempts` null: as they are. */
  | {
      readonly do: 'doubt';
      readonly id: string;
      readonly attempts: number | null;
      readonly doubt: DoubtColumns;
    }
  | { readonly do: 'end'; readonly id: string; readonly end: Uint8Array }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'note'; readonly id: string; readonly value: Uint8Array; readonly until: number }
  | { readonly do: 'forget'; readonly id: string };

/** One change in place of two of the same message; undefined where they undo each other. */
function combined(first: Change, next: Change): Change | undefined {
  if (next.do === 'doubt') {
    if (first.do === 'doubt') return { ...next, attempts: next.attempts ?? first.attempts };
    if (first.do === 'add') {
      const { attempts, doubt } = next;
      return { ...first, row: { ...first.row, ...doubt, attempts: attempts ?? first.row.attempts } };
    }
  }
  if (first.do === 'add' && next.do === 'end') return { ...first, row: { ...first.row, ended: next.end } };
  return first.do === 'add' && next.do === 'remove' && !first.isThere ? undefined : next;
}

const perhapsThere = (change: Change): Change =>
  change.do === 'add' ? { ...change, isThere: 'unknown' } : change;

/** Changes that are not in the file yet: one at most for each message or note, in the order of their coming. */
export class Changes {
  #byId = new Map<string, Change>();

  get size(): number {
    return this.#byId.size;
  }

  push(change: Change): void {
    const first = this.#byId.get(change.id);
    const both = first ? combined(first, change) : change;
    if (both) this.#byId.set(change.id, both);
    else this.#byId.delete(change.id);
  }

  [Symbol.iterator](): Iterator<Change> {
    return this.#byId.values();
  }

  /** All their times, which were a guess, are later by so much. */
  shiftTimes(byMs: number): void {
    for (const [id, change] of this.#byId) {
      if (change.do === 'note') this.#byId.set(id, { ...change, until: change.until + byMs });
      if (change.do !== 'add') continue;
      const { row } = change;
      this.#byId.set(id, { ...change, row: { ...row, acceptedAt: row.acceptedAt + byMs } });
    }
  }

  /** Takes out all. */
  take(): readonly Change[] {
    const taken = [...this.#byId.values()];
    this.#byId = new Map();
    return taken;
  }

  /**
   * Puts back what was taken and could not be made, which came before all that is here; not what counts no more `now`.
   * `isDone`: nobody knows whether it was made all the same.
   */
  putBack(changes: readonly Change[], now: number, isDone?: 'unknown'): void {
    const later = this.take();
    const taken = isDone ? changes.map(perhapsThere) : changes;
    for (const change of [...taken, ...later])
      if (change.do !== 'note' || change.until > now) this.push(change);
  }
}
