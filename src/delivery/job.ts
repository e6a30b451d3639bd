import type { CasesError } from '../errors/errors';
import type { ItemRules, RelatedItemRequest } from './delivery';
import type { Claim } from './verify/claims';
import type { Lane, Message } from './waiting/waiting';

/** One request: for one message, or for several that go out as one comment. */
export interface Job {
  readonly lane: Lane;
  readonly messages: readonly Message[];
  readonly rules: ItemRules;
  readonly request: RelatedItemRequest;
  readonly claim: Claim;
  settled: boolean;
  step: 'in flight' | 'look-up' | 'again';
  /** Set once it is not known whether the item exists; then the last such failure. */
  doubt: CasesError | undefined;
  /** When the last request whose fate is not known was given up. */
  doubtAt: number;
  /** Not to be sent again before. */
  sendAt: number;
  /** Looks in a row: those that found nothing, and those that failed. */
  looks: number;
  failedLooks: number;
  lookBeganAt: number;
  /** How long reads have lagged behind the request: only time in which they were answered. */
  lagMs: number;
  /** How long it was meant to wait before the look; what it waited beyond that says nothing about reads. */
  lookDelayMs: number;
  /** Where the look goes on; undefined: at the first page. */
  nextToken: string | undefined;
}

/** A job that is about to be sent for the first time. */
export const newJob = (
  messages: readonly [Message, ...Message[]],
  request: RelatedItemRequest,
  claim: Claim,
): Job => ({
  lane: messages[0].lane,
  rules: messages[0].rules,
  messages,
  request,
  claim,
  settled: false,
  step: 'in flight',
  doubt: undefined,
  doubtAt: 0,
  sendAt: 0,
  looks: 0,
  failedLooks: 0,
  lookBeganAt: 0,
  lagMs: 0,
  lookDelayMs: 0,
  nextToken: undefined,
});

export const attemptsOf = ({ messages }: Job): number => messages[0]?.attempts ?? 0;

/** Messages that were merged are given up together, when the last of them is due. */
export const deadlineOf = ({ messages }: Job): number => messages.at(-1)?.deadline ?? 0;
