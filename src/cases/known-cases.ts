import { isDeepStrictEqual } from 'node:util';
import type { CreateCaseRequest, FieldValue } from '@aws-sdk/client-connectcases';
import { closedStatus, statusField } from './filter';
import type { FoundCase } from './found-case';
import {
  type CaseKey,
  doubtMs,
  forget,
  forgetAnswers,
  isStale,
  type KnownKey,
  leadsTo,
  searchLagMs,
  setStatus,
} from './known-key';

const tidyEveryMs = 10_000;
/** Of more keys, some 20 MB, those that came first are remembered only for as long as searches may lag. */
const mostKeys = 20_000;

/** A fact that has to survive a restart, since searches may not show it yet. */
export type CaseNote =
  | (CaseKey & { readonly made: FoundCase })
  /** A CreateCase of which nobody knows what became. */
  | (CaseKey & { readonly doubt: CreateCaseRequest })
  /** The id of a case that an update of ours closed. */
  | { readonly scope: string; readonly closed: string };

/** The cases that messages were told about a short time ago. All domain nodes of the process share one. */
export class KnownCases {
  readonly #keys = new Map<string, KnownKey>();
  /** When an update of ours closed a case: searches may show it as open for a while. */
  readonly #closedAt = new Map<string, number>();
  #tidiedAt = 0;

  /** How many keys are remembered, and how many cases that were closed. */
  get size(): number {
    return this.#keys.size + this.#closedAt.size;
  }

  /** Runs `act` as soon as all earlier messages of the key have had their turn. */
  async inTurn<Result>(
    key: CaseKey,
    rememberMs: number,
    now: number,
    act: (known: KnownKey) => Promise<Result>,
  ): Promise<Result> {
    this.#tidy(now);
    const known = this.#known(key);
    const before = known.turn;
    let end = () => {};
    known.turn = new Promise((resolve) => {
      end = resolve;
    });
    known.messages += 1;
    known.rememberMs = Math.max(known.rememberMs, rememberMs);
    try {
      await before;
      return await act(known);
    } finally {
      known.messages -= 1;
      end();
    }
  }

  /** Whether an update of ours closed the case so short a time ago that a search may not show it. */
  isClosed(scope: string, caseId: string, now: number): boolean {
    const closedAt = this.#closedAt.get(JSON.stringify([scope, caseId]));
    return closedAt !== undefined && now - closedAt < searchLagMs;
  }

  /** Notes that an update of ours gave these values to fields of a case: it may not be the one for its key any more. */
  updated(scope: string, caseId: string, fields: readonly FieldValue[], now: number): void {
    this.#tidy(now);
    const values = new Map(fields.map(({ id, value }) => [id, value]));
    const status = values.get(statusField)?.stringValue;
    if (status === closedStatus) this.#closedAt.set(JSON.stringify([scope, caseId]), now);
    else if (status !== undefined) this.#closedAt.delete(JSON.stringify([scope, caseId]));
    for (const known of this.#keysOf(scope, caseId)) {
      if (known.match.some(({ id, value }) => values.has(id) && !isDeepStrictEqual(values.get(id), value))) {
        forget(known, caseId);
      } else if (status !== undefined) setStatus(known, caseId, status);
    }
  }

  /** Takes in what an earlier run of the process noted `agoMs` milliseconds ago. */
  recall(note: CaseNote, agoMs: number, now: number): void {
    const at = now - agoMs;
    if ('closed' in note) {
      this.#closedAt.set(JSON.stringify([note.scope, note.closed]), at);
      return;
    }
    const known = this.#known(note);
    if ('made' in note) known.made ??= { at, found: note.made };
    else known.doubt ??= { at, input: note.doubt };
  }

  /** The case may not be what it was, or not be there any more: whoever wants it next asks the service. */
  forget(scope: string, caseId: string): void {
    for (const known of this.#keysOf(scope, caseId)) forgetAnswers(known, caseId);
  }

  /** The keys that lead to a case. */
  #keysOf(scope: string, caseId: string): readonly KnownKey[] {
    const keys: KnownKey[] = [];
    for (const known of this.#keys.values()) {
      if (leadsTo(known, caseId) && known.scope === scope) keys.push(known);
    }
    return keys;
  }

  #known({ scope, match }: CaseKey): KnownKey {
    const name = nameOf({ scope, match });
    let known = this.#keys.get(name);
    if (!known) {
      known = { scope, match, turn: Promise.resolve(), messages: 0, rememberMs: 0, answers: {} };
      this.#keys.set(name, known);
    }
    return known;
  }

  #tidy(now: number): void {
    if (now - this.#tidiedAt < tidyEveryMs) return;
    this.#tidiedAt = now;
    for (const [key, known] of this.#keys) {
      const wantedMs = this.#keys.size > mostKeys ? 0 : known.rememberMs;
      if (isStale(known, now, Math.max(wantedMs, searchLagMs))) this.#keys.delete(key);
    }
    for (const [key, closedAt] of this.#closedAt) {
      if (now - closedAt >= searchLagMs) this.#closedAt.delete(key);
    }
  }
}

/** How long a note counts, in milliseconds. */
export const noteMs = (note: CaseNote): number => ('doubt' in note ? doubtMs : searchLagMs);

/** Equal for notes of which the later one counts alone: a case that was made ends the doubt whether it was. */
export const noteName = (note: CaseNote): string =>
  'closed' in note ? JSON.stringify([note.scope, note.closed]) : nameOf(note);

/** Equal for equal keys. */
function nameOf({ scope, match }: CaseKey): string {
  const sorted = match.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  return JSON.stringify([scope, sorted]);
}

/** The known cases of this process. */
export const sharedKnownCases = new KnownCases();
