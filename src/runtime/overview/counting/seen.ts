import type { FailureList } from '../failures/failure-list';
import type { CaseTitles } from '../titles';

/** What is seen of the messages of all domain nodes. */
export interface Seen {
  readonly failures: FailureList;
  readonly titles: CaseTitles;
}
