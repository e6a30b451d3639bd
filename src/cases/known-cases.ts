import { isDeepStrictEqual } from 'node:util';
import type { CreateCaseRequest, FieldValue } from '@aws-sdk/client-connectcases';
import type { CasesError } from '../errors/errors';
import { closedStatus, type Statuses, statusField } from './filter';
import type { FoundCase } from './found-case';

/** How long searches may not show yet what was written, in milliseconds. */
export const searchLagMs = 60_000;
/** After so long a search surely shows a case that a lost request made. */
export const doubtMs = 10 * searchLagMs;
const tidyEveryMs = 10_000;

/** Tells keys apart: messages with equal values of the same fields in the same domain want the same case. */
interface CaseKey {
  /** Which domain of which service. */
  readonly scope: string;
  readonly match: readonly FieldValue[];
}

/** A fact that has to survive a restart, since searches may not show it yet. */
export type CaseNote =
  | (CaseKey & { readonly made: FoundCase })
  /** A CreateCase of which nobody knows what became. */
  | (CaseKey & { readonly doubt: CreateCaseRequest })
  /** The id of a case that an update of ours closed. */
  | { readonly scope: string; readonly closed: string };

/** What is known about the cases of one key. Times in milliseconds of one clock that never goes back. */
export interface KnownKey extends CaseKey {
  /** Ends when the last message that came has had its turn. */
  turn: Promise<void>;
  /** Messages that have their turn or wait for it. */
  messages: number;
  /** The longest time for which one of them wants a found case to be remembered. */
  rememberMs: number;
  /** What the last search for each kind of status found, or undefined for nothing. */
  readonly answers: Partial<Record<Statuses, { readonly at: number; found: FoundCase | undefined }>>;
  /** The case that was made last. */
  made?: { readonly at: number; found: FoundCase } | undefined;
  /** A CreateCase of which nobody knows what became; it is repeated just as it was. */
  doubt?: { readonly at: number; readonly input: CreateCaseRequest } | undefined;
  /** What the service refused last: it would refuse an equal question of the same domain node again. */
  refusal?:
    | { readonly at: number; readonly asker: unknown; readonly question: string; readonly error: CasesError }
    | undefined;
}

/** Whether a case is one of those that a message wants. */
export const counts = ({ status }: FoundCase, statuses: Statuses): boolean =>
  statuses === 'any' || status !== closedStatus;

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
    for (const known of this.#keys.values()) {
      if (known.scope !== scope) continue;
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
    for (const known of this.#keys.values()) if (known.scope === scope) forgetAnswers(known, caseId);
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
    for (const [key, known] of this.#keys) if (isStale(known, now)) this.#keys.delete(key);
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

function forgetAnswers({ answers }: KnownKey, caseId: string): void {
  for (const statuses of Object.keys(answers) as Statuses[]) {
    if (answers[statuses]?.found?.caseId === caseId) delete answers[statuses];
  }
}

function forget(known: KnownKey, caseId: string): void {
  forgetAnswers(known, caseId);
  if (known.made?.found.caseId === caseId) known.made = undefined;
}

function setStatus({ answers, made }: KnownKey, caseId: string, status: string): void {
  for (const each of [made, ...Object.values(answers)]) {
    if (each?.found?.caseId === caseId) each.found = { ...each.found, status };
  }
}

function isStale({ messages, rememberMs, answers, made, doubt }: KnownKey, now: number): boolean {
  const keepMs = Math.max(rememberMs, searchLagMs);
  return (
    messages === 0 &&
    (doubt === undefined || now - doubt.at >= doubtMs) &&
    [made, ...Object.values(answers)].every((each) => each === undefined || now - each.at >= keepMs)
  );
}
