import type { DeliveryRules } from '../../definition/delivery-rules';
import type { CasesError } from '../../errors/errors';
import type { Input, OperationName, Output } from '../../model/operations';
import type { Caller } from '../channel/channel';
import { heldBack } from '../job/next-step';
import { type Backoff, backoffMs } from '../time/backoff';
import type { EarlierDoubt } from './claim';
import type { Claims } from './claims';
import type { ItemArns } from './item-arns';
import { searchItem } from './item-search';
import type { Claimed, LostRequest } from './lost-request';
import type { SearchContext } from './search-pages';

const searchBackoff: Backoff = { firstMs: 500, capMs: 8000 };
/** How long reads may lag behind writes before an item counts as not created; longer where more was seen. */
const settleMs = 30_000;
const longestSettleMs = 300_000;
/** An identical request may still be answered with the item that was found: wait for that. */
const twinWaitMs = 250;

interface VerifierContext extends SearchContext {
  readonly random: () => number;
  readonly claims: Claims;
  readonly itemArns: ItemArns;
}

type Verdict =
  /** The item exists, and no other message has a claim to it. */
  | { readonly is: 'found'; readonly output: Output<'CreateRelatedItem'> }
  /** It was not created as far as one can know. */
  | { readonly is: 'missing' }
  /** Nothing can be found out, and this is why. */
  | { readonly is: 'unknown'; readonly why: CasesError };

const missing: Verdict = { is: 'missing' };

/** Finds out by searching whether a request whose answer was lost has created its item. */
export class Verifier {
  readonly #context: VerifierContext;
  #slowestReadMs = 0;
  #forbidden = false;

  constructor(context: VerifierContext) {
    this.#context = context;
  }

  /** A request is about to be sent for the first time, or in doubt since an earlier run; undefined where it may be repeated. */
  claim(
    { whenAnswerIsLost: rules }: DeliveryRules,
    input: Input<OperationName>,
    owner: string,
    doubt: EarlierDoubt | undefined,
  ): Claimed | undefined {
    if (rules.do === 'repeat') return undefined;
    const { claims, clock } = this.#context;
    const request = input as Input<'CreateRelatedItem'>;
    const { domainId, caseId } = rules.caseOf(request);
    const itemRequest = {
      caseKey: `${domainId}/${caseId}`,
      fingerprint: rules.identity(request),
      author: rules.authorOf(request),
      owner,
    };
    return { rules, input: request, claim: claims.open(itemRequest, clock.now(), doubt) };
  }

  /** An answer came: its item belongs to that message. */
  answered(
    { claim }: Claimed,
    { relatedItemId = '', relatedItemArn = '' }: Output<'CreateRelatedItem'>,
  ): void {
    claim.take(relatedItemId, this.#context.clock.now());
    this.#context.itemArns.learn(relatedItemArn);
  }

  /** Searches until it is known, or until `caller` is settled otherwise: then the verdict means nothing. */
  async verify(caller: Caller, lost: LostRequest): Promise<Verdict> {
    const { clock, random, schedule } = this.#context;
    let failures = 0;
    let empty = 0;
    /** How long reads have lagged: only time in which they were answered, not that of an outage. */
    let lagMs = 0;
    let delayMs = backoffMs(searchBackoff, 0, random);
    while (!this.#forbidden) {
      await schedule.after(clock.now(), delayMs);
      const search = await searchItem(this.#context, caller, lost);
      if (caller.settled) return missing;
      const now = clock.now();
      if (search.is === 'failure') {
        const { error, fate, cause, retryAfterMs = 0 } = search.failure;
        if (error.code === 'ACCESS_DENIED') this.#forbid();
        else if (fate === 'refused') return { is: 'unknown', why: error };
        const ownDelayMs = heldBack.has(cause) ? 0 : backoffMs(searchBackoff, failures, random);
        if (!heldBack.has(cause)) failures += 1;
        delayMs = Math.max(retryAfterMs, ownDelayMs);
        continue;
      }
      failures = 0;
      lagMs += delayMs + now - search.beganAt;
      if (search.is === 'taken') {
        this.#slowestReadMs = Math.max(this.#slowestReadMs, lagMs);
        return { is: 'found', output: await this.#outputOf(caller, lost, search.itemId) };
      }
      if (search.is === 'twin in flight') {
        delayMs = twinWaitMs;
        continue;
      }
      const settledAt =
        lost.lostAt() + Math.min(longestSettleMs, Math.max(settleMs, 4 * this.#slowestReadMs));
      if (search.beganAt >= settledAt) return missing;
      empty += 1;
      delayMs = Math.min(backoffMs(searchBackoff, empty, random), Math.max(0, settledAt - now));
    }
    return missing;
  }

  async #outputOf(caller: Caller, { rules, input }: LostRequest, relatedItemId: string) {
    const relatedItemArn = await this.#context.itemArns.of(caller, rules.caseOf(input), relatedItemId);
    return { relatedItemArn, relatedItemId };
  }

  #forbid(): void {
    this.#forbidden = true;
    this.#context.warn(
      'verify',
      "Items whose answer was lost can't be looked up: the credentials lack the permission " +
        'cases:SearchRelatedItems. They are sent again, so some may be created twice.',
    );
  }
}
