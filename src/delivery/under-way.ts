import type { CasesError } from '../errors/errors';
import type { Delivered } from './delivery';
import { type Job, newJob } from './job';
import { inDoubt } from './own-errors';
import type { Claims } from './verify/claims';
import type { Message, WaitingRoom } from './waiting/waiting';

/** The jobs that are not decided yet, and how each of them ends for its messages. */
export class UnderWay {
  readonly #room: WaitingRoom;
  readonly #claims: Claims;
  readonly #jobs = new Set<Job>();

  constructor(room: WaitingRoom, claims: Claims) {
    this.#room = room;
    this.#claims = claims;
  }

  get size(): number {
    return this.#jobs.size;
  }

  /** A job for the message whose turn it is, with those that may go out together with it where `merge` is set. */
  begin(merge: boolean, now: number): Job | undefined {
    const taken = this.#room.take(merge);
    if (!taken) return undefined;
    const { messages, request } = taken;
    const { caseOf, identity, authorOf } = messages[0].rules.whenAnswerIsLost;
    const { domainId, caseId } = caseOf(request);
    const claim = this.#claims.open(`${domainId}/${caseId}`, identity(request), authorOf(request), now);
    const job = newJob(messages, request, claim);
    this.#jobs.add(job);
    return job;
  }

  /** Its item exists. */
  resolve(job: Job, found: Omit<Delivered, 'attempts' | 'merged'>, now: number): void {
    if (!found.verified) job.claim.take(found.relatedItemId, now);
    const merged = job.messages.length > 1 ? { merged: job.messages.length } : {};
    this.#settle(job, ({ resolve, attempts }) => resolve({ ...found, attempts, ...merged }));
  }

  /** An error that says `no` is put right where an earlier request of the message may have created the item. */
  reject(job: Job, error: CasesError): void {
    const honest = job.doubt ? inDoubt(error) : error;
    this.#settle(job, ({ reject }) => reject(honest));
  }

  /** Its messages wait again, as if they had not been sent; their lane stays busy. */
  putBack(job: Job): void {
    this.#leave(job);
    this.#room.putBack(job.messages);
  }

  /** Rejects those that `which` picks. */
  rejectAll(error: CasesError, which: (job: Job) => boolean = () => true): void {
    for (const job of this.#jobs) if (which(job)) this.reject(job, error);
  }

  #settle(job: Job, settle: (message: Message) => void): void {
    this.#leave(job);
    job.lane.retries = 0;
    for (const message of job.messages) {
      message.place = 'settled';
      settle(message);
    }
    this.#room.release(job.lane);
  }

  #leave(job: Job): void {
    job.settled = true;
    job.claim.close();
    this.#jobs.delete(job);
  }
}
