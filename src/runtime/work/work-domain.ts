import type { UserUnion as PerformedBy } from '@aws-sdk/client-connectcases';
import type { CaseNote, KnownCases } from '../../cases/known-cases';
import { authorOf } from '../../definition/author';
import type { Values } from '../../definition/field';
import { textOf } from '../../mapping/comment-text';
import { demand, demandAuthor } from '../../mapping/demand';
import { Place, partsOf } from '../../mapping/reading';
import { CaseId } from '../../model/limits';
import type { DomainSettings } from '../config/settings';
import type { DomainFields } from '../fields/domain-fields';
import type { CaseUpdates } from './case-updates';

/** More UTF-16 units than any text of a case has. */
const longestText = 10_000;

/** A domain as work that is under way uses it. */
export interface WorkDomain {
  readonly domainId: string;
  /** Equal for all domain nodes that share its cases. */
  readonly scope: string;
  readonly fields: DomainFields;
  readonly known: KnownCases;
  readonly updates: CaseUpdates;
  /** Has a fact about cases written down, where messages wait on disk. */
  note(note: CaseNote): void;
  /** Is told why nothing more is known of a case than that it was made. */
  undescribed(cause: unknown): void;
  /** Resolves when what an earlier run noted is known. */
  readonly recalled: Promise<void>;
  /** What has to be looked up for messages one after the other. */
  readonly turns: Turns;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Who a case is made or updated by; nothing where the service is to name the caller. */
export const performedBy = (values: Values, domain: DomainSettings): { performedBy?: PerformedBy } =>
  demandAuthor(authorOf(values, domain.performedBy));

/** The case that a message names. Throws `INVALID_INPUT`. */
export const caseIdOf = ({ caseId }: Values): string => demand(CaseId, caseId, 'caseId') as string;

/** The text of a value that is no object and no list: bytes are UTF-8, a date is ISO 8601. Any other value as it is. */
export const text = (value: unknown, path: string): unknown =>
  partsOf(value, new Place(path)) ? value : (textOf(value, path, longestText) ?? undefined);

/** Runs what is handed in one after the other, in the order in which it came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(act);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
