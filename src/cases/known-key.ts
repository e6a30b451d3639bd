import type { CreateCaseRequest, FieldValue } from '@aws-sdk/client-connectcases';
import type { CasesError } from '../errors/errors';
import { closedStatus, type Statuses } from './filter';
import type { FoundCase } from './found-case';

/** How long searches may not show yet what was written, in milliseconds. */
export const searchLagMs = 60_000;
/** After so long a search surely shows a case that a lost request made. */
export const doubtMs = 10 * searchLagMs;

/** Tells keys apart: messages with equal values of the same fields in the same domain want the same case. */
export interface CaseKey {
  /** Which domain of which service. */
  readonly scope: string;
  readonly match: readonly FieldValue[];
}

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

/** Whether a case may be that of the key. All keys are asked for each case that is updated, so this costs next to nothing. */
export const leadsTo = ({ answers: { any, notClosed }, made }: KnownKey, caseId: string): boolean =>
  any?.found?.caseId === caseId || notClosed?.found?.caseId === caseId || made?.found.caseId === caseId;

/** What searches have found may not be so any more. */
export function forgetAnswers({ answers }: KnownKey, caseId: string): void {
  for (const statuses of Object.keys(answers) as Statuses[]) {
    if (answers[statuses]?.found?.caseId === caseId) delete answers[statuses];
  }
}

/** The case is not that of the key any more. */
export function forget(known: KnownKey, caseId: string): void {
  forgetAnswers(known, caseId);
  if (known.made?.found.caseId === caseId) known.made = undefined;
}

/** The case has another status now. */
export function setStatus({ answers, made }: KnownKey, caseId: string, status: string): void {
  for (const each of [made, ...Object.values(answers)]) {
    if (each?.found?.caseId === caseId) each.found = { ...each.found, status };
  }
}

/** Whether nothing is known of the key that still counts; what was found does so for `keepMs`. */
export function isStale({ messages, answers, made, doubt }: KnownKey, now: number, keepMs: number): boolean {
  return (
    messages === 0 &&
    (doubt === undefined || now - doubt.at >= doubtMs) &&
    [made, ...Object.values(answers)].every((each) => each === undefined || now - each.at >= keepMs)
  );
}
