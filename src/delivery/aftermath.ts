import { CasesError } from '../errors/errors';
import type { DeliverySettings, DeliveryState } from './delivery';
import { attemptsOf, deadlineOf, type Job } from './job';
import { nextStep } from './next-step';
import { closed, expired } from './own-errors';
import { tell } from './sender';
import type { Cause, Failure } from './service/outcome';
import type { Created } from './service/service';
import type { Clock } from './time/clock';
import type { Schedule } from './time/schedule';
import type { UnderWay } from './under-way';
import type { WaitingRoom } from './waiting/waiting';

export interface AftermathContext {
  readonly settings: DeliverySettings;
  readonly clock: Clock;
  readonly random: () => number;
  readonly room: WaitingRoom;
  readonly underWay: UnderWay;
  readonly schedule: Schedule<() => void>;
  readonly isClosing: () => boolean;
  /** Hands a job to the verifier, or once more to the sender. */
  readonly lookUp: (job: Job) => void;
  readonly send: (job: Job) => void;
}

/** What becomes of a job once something is known about its request, unless it was settled meanwhile. */
export class Aftermath {
  readonly #context: AftermathContext;

  constructor(context: AftermathContext) {
    this.#context = context;
  }

  created(job: Job, created: Created): void {
    const { underWay, clock } = this.#context;
    if (!job.settled) underWay.resolve(job, { ...created, verified: false }, clock.now());
  }

  failed(job: Job, failure: Failure): void {
    if (job.settled) return;
    const { settings, clock, random, underWay, isClosing, lookUp } = this.#context;
    const { fate, cause } = failure;
    const now = clock.now();
    if (fate === 'unknown') this.#nowInDoubt(job, failure, now);
    const situation = {
      ambiguous: settings.ambiguous,
      late: deadlineOf(job) <= now,
      closing: isClosing(),
      attempts: attemptsOf(job),
      retries: job.lane.retries,
    };
    const step = nextStep(failure, situation, random);
    switch (step.do) {
      case 'reject':
        underWay.reject(job, step.error);
        break;
      case 'abandon':
        this.#abandon(job, now);
        break;
      case 'look up':
        job.sendAt = now + step.restMs;
        lookUp(job);
        break;
      case 'send again':
        if (fate === 'not-sent') tell(job, stateAfter[cause]);
        if (fate === 'not-sent' && step.restMs > 0) job.lane.retries += 1;
        this.#sendAgain(job, step.restMs);
        break;
    }
  }

  /** The job was looked up, and its item exists. */
  found(job: Job, item: { readonly relatedItemArn: string; readonly relatedItemId: string }): void {
    const { underWay, clock } = this.#context;
    underWay.resolve(job, { ...item, verified: true }, clock.now());
  }

  /** The item was not created as far as one can know. */
  missing(job: Job): void {
    const { clock, isClosing } = this.#context;
    const now = clock.now();
    if (isClosing() || deadlineOf(job) <= now) this.#abandon(job, now);
    else this.#sendAgain(job, Math.max(0, job.sendAt - now));
  }

  /** The job was looked up, and nothing can be found out about its item. */
  unknown(job: Job, why: CasesError): void {
    const { code, message, details } = job.doubt ?? closed('unknown');
    const text = `${message} Whether the item was created can't be found out: ${why.message}`;
    this.#context.underWay.reject(job, new CasesError(code, text, details));
  }

  /** A message in doubt does not wait in the room any more, so its deadline has to be kept apart. */
  #nowInDoubt(job: Job, { error }: Failure, now: number): void {
    const deadline = deadlineOf(job);
    if (!job.doubt && deadline !== Number.POSITIVE_INFINITY) {
      this.#context.schedule.add(deadline, () => {
        if (!job.settled && job.step !== 'in flight') this.#abandon(job, deadline);
      });
    }
    job.doubt = error;
    job.doubtAt = now;
  }

  /** A message whose item may exist goes on by itself; one whose item surely does not waits like the others. */
  #sendAgain(job: Job, restMs: number): void {
    const { clock, room, schedule, underWay, send } = this.#context;
    job.step = 'again';
    if (!job.doubt) underWay.putBack(job);
    const go = job.doubt ? () => send(job) : () => room.release(job.lane);
    if (restMs > 0) schedule.add(clock.now() + restMs, go);
    else go();
  }

  /** A message that would have to wait on, but may not. */
  #abandon(job: Job, now: number): void {
    const { settings, underWay } = this.#context;
    const created = job.doubt ? 'unknown' : 'no';
    const late = deadlineOf(job) <= now;
    underWay.reject(job, late ? expired(settings.deadlineSeconds, created) : closed(created));
  }
}

/** What a message does after a failure that is not its own. */
const stateAfter: Readonly<Record<Cause, DeliveryState>> = {
  throttled: 'throttled',
  offline: 'offline',
  certificate: 'offline',
  unavailable: 'waiting',
  passing: 'waiting',
  other: 'waiting',
};
