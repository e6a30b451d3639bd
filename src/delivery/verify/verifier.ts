import type { CasesError } from '../../errors/errors';
import { defaultQuota, SearchRelatedItemsPage } from '../../model/limits';
import type { Connection } from '../channel/connection';
import { createPace, type Pace, report } from '../channel/pace';
import { attemptsOf, type Job } from '../job';
import { heldBack } from '../next-step';
import { classify, type Failure } from '../service/outcome';
import type { CasesService, FoundItems } from '../service/service';
import { type Backoff, backoffMs } from '../time/backoff';
import type { Clock } from '../time/clock';
import type { Schedule } from '../time/schedule';
import { Fifo } from '../waiting/fifo';
import { clockToleranceMs } from './claims';
import type { ItemArns } from './item-arns';

/** Pages read at once. */
const mostLooks = 8;
const lookBackoff: Backoff = { firstMs: 500, capMs: 8000 };
/** How long reads may lag behind writes before an item counts as not created; longer where more was seen. */
const settleMs = 30_000;
const longestSettleMs = 300_000;
/** An identical request may still be answered with the item that was found: wait for that. */
const twinWaitMs = 250;

export interface VerifierContext {
  readonly service: CasesService;
  readonly clock: Clock;
  readonly random: () => number;
  readonly connection: Connection;
  readonly schedule: Schedule<() => void>;
  readonly signal: AbortSignal;
  readonly itemArns: ItemArns;
  readonly warn: (topic: string, text: string) => void;
  /** The item exists, and no other message has a claim to it. */
  readonly onFound: (job: Job, item: { relatedItemArn: string; relatedItemId: string }) => void;
  /** It was not created as far as one can know. */
  readonly onMissing: (job: Job) => void;
  /** Nothing can be found out, and this is why. */
  readonly onUnknown: (job: Job, why: CasesError) => void;
  /** Something has changed: other requests may go now. */
  readonly onTurn: () => void;
}

/** Finds out by searching whether a request whose answer was lost has created its item. */
export class Verifier {
  readonly #context: VerifierContext;
  readonly #pace: Pace;
  readonly #due = new Fifo<Job>();
  #looking = 0;
  #slowestRead = 0;
  #forbidden = false;

  constructor(context: VerifierContext) {
    this.#context = context;
    this.#pace = createPace('auto', defaultQuota.SearchRelatedItems.burst, context.random);
  }

  /** `onFound`, `onMissing` or `onUnknown` will be told about `job`, unless it is settled otherwise meanwhile. */
  verify(job: Job): void {
    if (this.#forbidden) {
      this.#context.onMissing(job);
      return;
    }
    job.step = 'look-up';
    job.looks = 0;
    job.failedLooks = 0;
    job.lagMs = 0;
    this.#lookAgain(job, backoffMs(lookBackoff, 0, this.#context.random));
  }

  /** Starts the looks that may start now; gives when the next may. */
  start(now: number): number {
    for (;;) {
      const job = this.#due.peek();
      if (!job || this.#looking >= mostLooks) return Number.POSITIVE_INFINITY;
      const wait = job.settled ? 0 : Math.max(this.#context.connection.wait(now), this.#pace.wait(now));
      if (wait > 0) return now + wait;
      this.#due.shift();
      if (!job.settled) void this.#look(job, now);
    }
  }

  #lookAgain(job: Job, delayMs: number): void {
    const { clock, schedule } = this.#context;
    job.nextToken = undefined;
    job.lookDelayMs = delayMs;
    schedule.add(clock.now() + delayMs, () => this.#due.push(job));
  }

  /** Reads one page. */
  async #look(job: Job, now: number): Promise<void> {
    const { service, connection, clock, signal, onTurn } = this.#context;
    const probe = connection.start();
    const ticket = this.#pace.take(now);
    this.#looking += 1;
    if (job.nextToken === undefined) job.lookBeganAt = now;
    const { domainId, caseId } = job.request;
    try {
      const page = await service.search(
        {
          domainId,
          caseId,
          filters: [job.rules.whenAnswerIsLost.filter(job.request)],
          maxResults: SearchRelatedItemsPage.max,
          ...(job.nextToken !== undefined && { nextToken: job.nextToken }),
        },
        signal,
      );
      connection.reached();
      this.#pace.accepted(ticket, clock.now());
      if (!job.settled) await this.#judge(job, page);
    } catch (thrown) {
      const failure = classify(thrown, 'cases:SearchRelatedItems', job.rules.sensitiveTexts(job.request));
      connection.failed(failure, clock.now(), probe);
      report(this.#pace, ticket, failure, clock.now());
      if (!job.settled) this.#afterFailure(job, failure);
    } finally {
      this.#looking -= 1;
      onTurn();
    }
  }

  async #judge(job: Job, page: FoundItems): Promise<void> {
    const { clock, itemArns, onFound } = this.#context;
    const now = clock.now();
    job.failedLooks = 0;
    this.#countLag(job, now);
    const ids = this.#unclaimedOn(page, job, now);
    const [id] = ids;
    if (id !== undefined) {
      if (job.claim.twinInFlight) return this.#lookAgain(job, twinWaitMs);
      if (ids.length > job.claim.openTwins) this.#warnOfDuplicate(job);
      this.#slowestRead = Math.max(this.#slowestRead, job.lagMs);
      job.claim.take(id, now);
      const relatedItemArn = await itemArns.of(job.request.domainId, job.lane.key, id);
      if (!job.settled) onFound(job, { relatedItemArn, relatedItemId: id });
      return;
    }
    if (page.nextToken !== undefined) {
      job.nextToken = page.nextToken;
      this.#due.push(job);
      return;
    }
    this.#nothingYet(job, now);
  }

  /** A look has been answered. */
  #countLag(job: Job, now: number): void {
    if (job.nextToken === undefined) job.lagMs += job.lookDelayMs + now - job.lookBeganAt;
  }

  /** Reads may lag, so for some time that does not mean that there is no item. */
  #nothingYet(job: Job, now: number): void {
    const { random, onMissing } = this.#context;
    const settledAt = job.doubtAt + Math.min(longestSettleMs, Math.max(settleMs, 4 * this.#slowestRead));
    if (job.lookBeganAt >= settledAt) {
      onMissing(job);
    } else {
      job.looks += 1;
      const delay = backoffMs(lookBackoff, job.looks, random);
      this.#lookAgain(job, Math.min(delay, Math.max(0, settledAt - now)));
    }
  }

  /** The ids of the items on a page that could be the one of `job` and belong to no other message yet. */
  #unclaimedOn({ items }: FoundItems, { rules, request, claim }: Job, now: number): string[] {
    const { authorOf, isItemOf } = rules.whenAnswerIsLost;
    const earliest = this.#context.service.serverTime() - (now - claim.since) - clockToleranceMs;
    return items.flatMap((item) => {
      const { relatedItemId, associationTime } = item;
      if (!relatedItemId || !claim.isFree(relatedItemId, authorOf(item))) return [];
      if (associationTime && associationTime.getTime() < earliest) return [];
      return isItemOf(request, item) ? [relatedItemId] : [];
    });
  }

  #afterFailure(job: Job, failure: Failure): void {
    const { clock, random, warn, onMissing, onUnknown } = this.#context;
    const { fate, error, cause, retryAfterMs = 0 } = failure;
    if (error.code === 'ACCESS_DENIED') {
      this.#forbidden = true;
      warn(
        'look-up',
        "Items whose answer was lost can't be looked up: the credentials lack the permission " +
          'cases:SearchRelatedItems. They are sent again, so some may be created twice.',
      );
      onMissing(job);
    } else if (error.code === 'NOT_FOUND') {
      // A case that was created a moment ago may not be there yet for reads.
      this.#countLag(job, clock.now());
      this.#nothingYet(job, clock.now());
    } else if (fate === 'refused') {
      onUnknown(job, error);
    } else {
      const rests = !heldBack.has(cause);
      const restMs = rests ? backoffMs(lookBackoff, job.failedLooks, random) : 0;
      if (rests) job.failedLooks += 1;
      this.#lookAgain(job, Math.max(retryAfterMs, restMs));
    }
  }

  #warnOfDuplicate(job: Job): void {
    this.#context.warn(
      'twice',
      `An item was created more than once: its answers were lost, and it appeared after ${attemptsOf(job)} attempts.`,
    );
  }
}
