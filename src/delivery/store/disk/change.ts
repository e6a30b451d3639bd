/** A message as it stands in the file. */
export interface StoredRow {
  readonly id: string;
  readonly domainNodeId: string;
  readonly nodeId: string;
  readonly operation: string;
  readonly input: Uint8Array;
  readonly msg: Uint8Array;
  readonly acceptedAt: number;
  readonly attempts: number;
  readonly lastSentAt: number | null;
}

/** One change of the file. */
export type Change =
  | { readonly do: 'add'; readonly id: string; readonly row: StoredRow }
  | { readonly do: 'sending'; readonly id: string; readonly attempts: number; readonly at: number }
  | { readonly do: 'remove'; readonly id: string };

/** One change in place of two of the same message; undefined where they undo each other. */
function combined(first: Change, next: Change): Change | undefined {
  if (first.do !== 'add') return next;
  switch (next.do) {
    case 'add':
      return next;
    case 'sending':
      return { ...first, row: { ...first.row, attempts: next.attempts, lastSentAt: next.at } };
    case 'remove':
      return undefined;
  }
}

/** Changes that are not in the file yet: one at most for each message, in the order of their coming. */
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

  /** Takes out all. */
  take(): readonly Change[] {
    const taken = [...this.#byId.values()];
    this.#byId = new Map();
    return taken;
  }

  /** Puts back what was taken and could not be made: it came before all that is here now. */
  putBack(changes: readonly Change[]): void {
    const later = this.take();
    for (const change of [...changes, ...later]) this.push(change);
  }
}
