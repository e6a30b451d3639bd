import { setMaxListeners } from 'node:events';
import { CasesError } from '../errors';
import { type Backoff, backoffMs } from './backoff';
import { type Claims, sharedClaims } from './claims';
import { type Clock, systemClock } from './clock';
import { Connection } from './connection';
import { Deadlines } from './deadlines';
import type {
  Delivered,
  DeliverOptions,
  Delivery,
  DeliverySettings,
  DeliveryState,
  RelatedItemRequest,
} from './delivery';
import { Fifo } from './fifo';
import { attemptsOf, deadlineOf, type Job, newJob } from './job';
import { fingerprint, plainCaseId } from './match';
import { mergedRequest } from './merge';
import { type Cause, classify, type Failure, sensitiveIn } from './outcome';
import { createPace, type Pace, report } from './pace';
import { Schedule } from './schedule';
import type { CasesService } from './service';
import { Verifier } from './verifier';
import { type Message, WaitingRoom } from './waiting';

export interface DeliveryOptions {
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Told once for each thing that somebody should look into; holds nothing secret or sensitive. */
  readonly onWarning?: (text: string) => void;
  readonly claims?: Claims;
}

/** Requests under way at once; enough for 100 a second where an answer takes a third of a second. */
const mostSends = 32;
/** Promises settled in one go where many are; the event loop has a turn in between. */
const settledAtOnce = 256;

const sendBackoff: Backoff = { firstMs: 300, capMs: 20_000 };
/** What usually passes by itself (a merge of cases, keys that are being renewed) is tried again so often. */
const passingRetries = 3;

/**
 * The delivery of one domain node: sends what is handed in to `service`, in order for each case, at the
 * pace that the quota allows, and decides what may be sent again.
 */
export function createDelivery(
  service: CasesService,
  settings: DeliverySettings,
  options: DeliveryOptions = {},
): Delivery {
  return new Queue(service, settings, options);
}

class Queue implements Delivery {
  readonly #service: CasesService;
  readonly #settings: DeliverySettings;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #onWarning: (text: string) => void;
  readonly #claims: Claims;
  readonly #warned = new Set<string>();

  readonly #room = new WaitingRoom();
  readonly #jobs = new Set<Job>();
  readonly #resends = new Fifo<Job>();
  readonly #deadlines = new Deadlines();
  readonly #schedule = new Schedule<() => void>();

  readonly #pace: Pace;
  readonly #connection: Connection;
  readonly #verifier: Verifier;
  readonly #abort = new AbortController();
  #sending = 0;

  #pumpQueued = false;
  #timer: { readonly at: number; readonly handle: unknown } | undefined;
  #closing: { readonly done: () => void; readonly promise: Promise<void> } | undefined;

  constructor(service: CasesService, settings: DeliverySettings, options: DeliveryOptions) {
    const {
      clock = systemClock,
      random = Math.random,
      onWarning = () => {},
      claims = sharedClaims,
    } = options;
    this.#service = service;
    this.#settings = settings;
    this.#clock = clock;
    this.#random = random;
    this.#onWarning = onWarning;
    this.#claims = claims;
    this.#pace = createPace(settings.rate, settings.burst, random);
    const warn = (topic: string, text: string) => this.#warn(topic, text);
    this.#connection = new Connection(random, warn);
    setMaxListeners(0, this.#abort.signal);
    this.#verifier = new Verifier({
      service,
      clock,
      random,
      connection: this.#connection,
      schedule: this.#schedule,
      signal: this.#abort.signal,
      warn,
      onFound: (job, item) => this.#resolveJob(job, { ...item, verified: true }),
      onMissing: (job) => this.#sendAgainOrAbandon(job),
      onRefused: (job) => this.#rejectJob(job, job.doubt ?? closedError('unknown')),
      onTurn: () => this.#queuePump(),
    });
  }

  get waiting(): number {
    return this.#room.size;
  }

  get state(): Delivery['state'] {
    if (this.#closing) return 'closed';
    if (this.#connection.offline) return 'offline';
    return this.#room.size + this.#jobs.size > 0 ? 'busy' : 'idle';
  }

  deliver(request: RelatedItemRequest, options: DeliverOptions = {}): Promise<Delivered> {
    if (this.#closing) return Promise.reject(closedError('no'));
    const { maxWaiting, deadlineSeconds } = this.#settings;
    if (this.#room.size >= maxWaiting) {
      const text = `${maxWaiting} messages wait already. Slow the flow down, or raise "max waiting" of the domain node.`;
      return Promise.reject(new CasesError('QUEUE_FULL', text));
    }
    return new Promise((resolve, reject) => {
      const deadline =
        deadlineSeconds > 0 ? this.#clock.now() + deadlineSeconds * 1000 : Number.POSITIVE_INFINITY;
      const message: Message = {
        request,
        options,
        lane: this.#room.laneOf(plainCaseId(request.caseId)),
        deadline,
        resolve,
        reject,
        attempts: 0,
        place: 'waiting',
        next: undefined,
      };
      this.#room.add(message);
      this.#deadlines.add(message);
      options.onState?.(this.#connection.offline ? 'offline' : 'waiting');
      this.#queuePump();
    });
  }

  close(graceSeconds: number): Promise<void> {
    if (this.#closing) return this.#closing.promise;
    let done = () => {};
    const promise = new Promise<void>((resolve) => {
      done = resolve;
    });
    this.#closing = { done, promise };
    for (const job of this.#jobs) if (job.step === 'again') this.#rejectJob(job, closedError('unknown'));
    this.#schedule.add(this.#clock.now() + graceSeconds * 1000, () => this.#giveUp());
    this.#queuePump();
    return promise;
  }

  #queuePump(): void {
    if (this.#pumpQueued) return;
    this.#pumpQueued = true;
    queueMicrotask(() => this.#pump());
  }

  /** Starts everything that may start now, and sets the one timer to when something else may. */
  #pump(): void {
    this.#pumpQueued = false;
    const now = this.#clock.now();
    for (let task = this.#schedule.takeDue(now); task; task = this.#schedule.takeDue(now)) task();
    const more = this.#closing ? this.#drain() : this.#expire(now);
    if (this.#closing && this.#jobs.size === 0 && !more) return void this.#finish();
    let wakeAt = Math.min(more ? now + 1 : this.#deadlines.nextAt, this.#schedule.nextAt);
    wakeAt = Math.min(wakeAt, this.#verifier.start(now));
    if (!this.#closing) wakeAt = Math.min(wakeAt, this.#startSends(now));
    this.#wakeAt(wakeAt, now);
  }

  #wakeAt(at: number, now: number): void {
    if (this.#timer?.at === at) return;
    if (this.#timer) this.#clock.clearTimeout(this.#timer.handle);
    this.#timer = undefined;
    if (at === Number.POSITIVE_INFINITY) return;
    const handle = this.#clock.setTimeout(
      () => {
        this.#timer = undefined;
        this.#queuePump();
      },
      Math.max(1, Math.ceil(at - now)),
    );
    this.#timer = { at, handle };
  }

  /** When the next request may be sent. */
  #startSends(now: number): number {
    while (this.#resends.peek()?.settled) this.#resends.shift();
    while (this.#sending < mostSends && (this.#resends.size > 0 || this.#room.hasReady)) {
      const wait = Math.max(this.#connection.wait(now), this.#pace.wait(now));
      if (wait > 0) return now + wait;
      const job = this.#resends.shift() ?? this.#nextJob(now);
      if (job && !job.settled) void this.#send(job, now);
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Comments are merged only where the pace does not let them all through at once. */
  #nextJob(now: number): Job | undefined {
    const messages = this.#room.take(this.#room.size > this.#pace.available(now));
    if (!messages) return undefined;
    const request = mergedRequest(messages);
    const caseKey = `${request.domainId}/${messages[0].lane.key}`;
    const claim = this.#claims.open(caseKey, fingerprint(request), now);
    const job = newJob(messages, request, claim);
    this.#jobs.add(job);
    return job;
  }

  async #send(job: Job, now: number): Promise<void> {
    const probe = this.#connection.start();
    const ticket = this.#pace.take(now);
    for (const message of job.messages) message.attempts += 1;
    job.step = 'in flight';
    job.claim.sent();
    this.#sending += 1;
    tell(job, 'sending');
    try {
      const { relatedItemArn, relatedItemId, requestId } = await this.#service.create(
        job.request,
        this.#abort.signal,
      );
      this.#connection.reached();
      this.#pace.accepted(ticket, this.#clock.now());
      this.#verifier.learn(relatedItemArn);
      const found = {
        relatedItemArn,
        relatedItemId,
        verified: false,
        ...(requestId !== undefined && { requestId }),
      };
      if (!job.settled) this.#resolveJob(job, found);
    } catch (thrown) {
      const failure = classify(thrown, 'cases:CreateRelatedItem', sensitiveIn(job.request));
      this.#connection.failed(failure, this.#clock.now(), probe);
      report(this.#pace, ticket, failure, this.#clock.now());
      job.claim.ended();
      if (!job.settled) this.#afterFailure(job, failure);
    } finally {
      this.#sending -= 1;
      this.#queuePump();
    }
  }

  #afterFailure(job: Job, failure: Failure): void {
    const { fate, cause, error, retryAfterMs = 0 } = failure;
    const now = this.#clock.now();
    if (fate === 'unknown') {
      if (!job.doubt) this.#watchDeadline(job);
      job.doubt = error;
      job.doubtAt = now;
      job.sendAt = now + Math.max(retryAfterMs, backoffMs(sendBackoff, attemptsOf(job) - 1, this.#random));
      if (this.#settings.ambiguous === 'fail') this.#rejectJob(job, error);
      else if (this.#isLate(job, now)) this.#abandon(job, now);
      else if (this.#settings.ambiguous === 'verify') this.#verifier.verify(job);
      else this.#sendAgainOrAbandon(job);
    } else if (fate === 'refused' || (cause === 'passing' && job.lane.retries >= passingRetries)) {
      this.#rejectJob(job, error);
    } else if (this.#closing || this.#isLate(job, now)) {
      this.#abandon(job, now);
    } else {
      tell(job, stateAfter[cause]);
      this.#sendAgain(job, this.#restMs(job, failure));
    }
  }

  /** The item of a message in doubt was not found, or is not looked for. */
  #sendAgainOrAbandon(job: Job): void {
    const now = this.#clock.now();
    if (this.#closing || this.#isLate(job, now)) this.#abandon(job, now);
    else this.#sendAgain(job, Math.max(0, job.sendAt - now));
  }

  /** The pace and the connection hold back what was refused by them; everything else has to rest itself. */
  #restMs(job: Job, { cause, retryAfterMs = 0 }: Failure): number {
    if (cause === 'throttled' || cause === 'offline' || cause === 'certificate') return 0;
    job.lane.retries += 1;
    return Math.max(retryAfterMs, backoffMs(sendBackoff, job.lane.retries - 1, this.#random));
  }

  /** A message whose item may exist goes on by itself; one whose item surely does not waits like the others. */
  #sendAgain(job: Job, restMs: number): void {
    const again = job.doubt
      ? () => {
          this.#resends.push(job);
        }
      : () => this.#room.release(job.lane);
    job.step = 'again';
    if (!job.doubt) {
      this.#leave(job);
      this.#room.putBack(job.messages);
    }
    if (restMs > 0) this.#schedule.add(this.#clock.now() + restMs, again);
    else again();
  }

  #resolveJob(job: Job, found: Omit<Delivered, 'attempts' | 'merged'>): void {
    if (!found.verified) job.claim.take(found.relatedItemId, this.#clock.now());
    const merged = job.messages.length > 1 ? { merged: job.messages.length } : {};
    this.#settle(job, ({ resolve, attempts }) => resolve({ ...found, attempts, ...merged }));
  }

  /** An error that says `no` is put right where an earlier request of the message may have created the item. */
  #rejectJob(job: Job, error: CasesError): void {
    const honest = job.doubt && error.created === 'no' ? withDoubt(error) : error;
    this.#settle(job, ({ reject }) => reject(honest));
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

  /** A message that would have to wait on, but may not. */
  #abandon(job: Job, now: number): void {
    const created = job.doubt ? 'unknown' : 'no';
    this.#rejectJob(job, this.#isLate(job, now) ? this.#expiredError(created) : closedError(created));
  }

  #isLate(job: Job, now: number): boolean {
    return deadlineOf(job) <= now;
  }

  /** A message in doubt does not wait in the room any more, so its deadline has to be kept apart. */
  #watchDeadline(job: Job): void {
    const deadline = deadlineOf(job);
    if (deadline === Number.POSITIVE_INFINITY) return;
    this.#schedule.add(deadline, () => {
      if (!job.settled && job.step !== 'in flight') this.#abandon(job, deadline);
    });
  }

  /** Gives up what is past its deadline; true where there is more of it. What is under way is judged later. */
  #expire(now: number): boolean {
    for (let count = 0; count < settledAtOnce; count += 1) {
      const message = this.#deadlines.takeDue(now);
      if (!message) return false;
      if (message.place !== 'waiting') continue;
      this.#room.dropHead(message.lane);
      message.place = 'settled';
      message.reject(this.#expiredError('no'));
    }
    return true;
  }

  #expiredError(created: 'no' | 'unknown'): CasesError {
    const text = `The message waited longer than the ${this.#settings.deadlineSeconds} s that the domain node allows.`;
    return new CasesError('EXPIRED', text, { created });
  }

  /** Rejects waiting messages of a closing delivery; true where there are more. */
  #drain(): boolean {
    for (const message of this.#room.drain(settledAtOnce)) {
      message.place = 'settled';
      message.reject(closedError('no'));
    }
    return this.#room.size > 0;
  }

  /** The time to finish is over. */
  #giveUp(): void {
    for (const job of this.#jobs) this.#rejectJob(job, closedError('unknown'));
    this.#abort.abort();
  }

  #finish(): void {
    this.#wakeAt(Number.POSITIVE_INFINITY, 0);
    this.#closing?.done();
  }

  #warn(topic: string, text: string): void {
    if (this.#warned.has(topic)) return;
    this.#warned.add(topic);
    this.#onWarning(text);
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

const tell = ({ messages }: Job, state: DeliveryState): void => {
  for (const { options } of messages) options.onState?.(state);
};

const closedError = (created: 'no' | 'unknown'): CasesError =>
  new CasesError('CLOSED', 'The flow was stopped or deployed before the item was delivered.', { created });

const withDoubt = (error: CasesError): CasesError =>
  new CasesError(error.code, error.message, { ...error.details, created: 'unknown' });
