import { setMaxListeners } from 'node:events';
import type { DeliveryRules } from '../definition/delivery-rules';
import type { Input, OperationName } from '../model/operations';
import { Channels } from './channel/channels';
import { Connection } from './channel/connection';
import type { Delivered, Delivery, DeliverySettings, OutgoingMessage, Recipient } from './delivery';
import { Endings } from './endings';
import { Intake } from './intake';
import { Job } from './job';
import type { JobContext, UnderWay } from './job-context';
import { noObserver } from './observing/observer';
import { QueueView } from './observing/queue-view';
import { type DeliveryOptions, oncePerTopic } from './options';
import { closed, expired } from './own-errors';
import type { CasesService } from './service/service';
import { memoryStore } from './store/memory-store';
import { Alarm } from './time/alarm';
import { type Clock, systemClock } from './time/clock';
import { Schedule } from './time/schedule';
import { sharedClaims } from './verify/claims';
import { ExistingItems } from './verify/existing-items';
import { ItemArns } from './verify/item-arns';
import { Verifier } from './verify/verifier';
import { Deadlines } from './waiting/deadlines';
import { giveUpAll, giveUpLate } from './waiting/give-up';
import { Lanes } from './waiting/lanes';

const never = Number.POSITIVE_INFINITY;
const nobody: Recipient = { ended: () => undefined, doing: () => {} };

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

/**
 * A message waits in its lane until its turn comes, then it is under way as a job until it is decided. All that may
 * begin now begins in `#pump`; the alarm rings when something else may.
 */
class Queue implements Delivery {
  readonly view: QueueView;
  readonly #settings: DeliverySettings;
  readonly #clock: Clock;
  readonly #intake: Intake;
  readonly #endings: Endings;
  readonly #lanes: Lanes;
  readonly #deadlines = new Deadlines();
  readonly #schedule: Schedule;
  readonly #alarm: Alarm;
  readonly #abort = new AbortController();
  readonly #connection: Connection;
  readonly #channels: Channels;
  readonly #underWay = new Set<UnderWay>();
  readonly #jobs: JobContext;
  #pumpQueued = false;
  #closing: { readonly done: () => void; readonly promise: Promise<void> } | undefined;

  constructor(service: CasesService, settings: DeliverySettings, options: DeliveryOptions) {
    const { clock = systemClock, random = Math.random, claims = sharedClaims } = options;
    const { store = memoryStore, recipient = nobody, observer = noObserver, domainNodeId = '' } = options;
    const { signal } = this.#abort;
    const warn = oncePerTopic(options.onWarning);
    const onTurn = () => this.#queuePump();
    setMaxListeners(0, signal);
    this.#settings = settings;
    this.#clock = clock;
    this.#endings = new Endings(store, recipient, observer);
    this.#alarm = new Alarm(clock, onTurn);
    this.#lanes = new Lanes(onTurn);
    this.#schedule = new Schedule(onTurn);
    this.#connection = new Connection(random, warn);
    const parts = { lanes: this.#lanes, endings: this.#endings, connection: this.#connection, observer };
    this.#channels = new Channels({ ...parts, clock, signal, onTurn }, settings, random);
    const shared = { service, clock, random, schedule: this.#schedule, channels: this.#channels };
    const isClosing = () => this.#closing !== undefined;
    const given = { settings, domainNodeId, clock, store, isClosing };
    this.#intake = new Intake({ ...given, ...parts, deadlines: this.#deadlines });
    this.view = new QueueView({ ...parts, channels: this.#channels, underWay: this.#underWay, onTurn });
    const itemArns = new ItemArns(service, this.#channels, warn);
    this.#jobs = {
      ...shared,
      ...parts,
      settings,
      verifier: new Verifier({ ...shared, claims, itemArns, warn }),
      existingItems: new ExistingItems({ ...shared, itemArns, warn }),
      underWay: this.#underWay,
      isClosing,
    };
  }

  get waiting(): number {
    return this.#lanes.size;
  }

  get state(): Delivery['state'] {
    if (this.#closing) return 'closed';
    if (this.#connection.offline) return 'offline';
    return this.#lanes.size + this.#underWay.size > 0 ? 'busy' : 'idle';
  }

  accept<Name extends OperationName>(message: OutgoingMessage<Name>): string {
    return this.#intake.accept(message);
  }

  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>> {
    return this.#intake.deliver(rules, input);
  }

  close(graceSeconds: number): Promise<void> {
    if (this.#closing) return this.#closing.promise;
    let done = () => {};
    const promise = new Promise<void>((resolve) => {
      done = resolve;
    });
    this.#closing = { done, promise };
    for (const job of this.#underWay) if (job.phase === 'delayed') job.reject(closed('unknown'));
    this.#schedule.add(this.#clock.now() + graceSeconds * 1000, () => {
      for (const job of this.#underWay) job.reject(closed('unknown'));
      this.#abort.abort();
    });
    this.#queuePump();
    return promise;
  }

  #queuePump(): void {
    if (this.#pumpQueued) return;
    this.#pumpQueued = true;
    queueMicrotask(() => this.#pump());
  }

  /** Begins everything that may begin now, and sets the alarm to when something else may. */
  #pump(): void {
    this.#pumpQueued = false;
    const now = this.#clock.now();
    for (let task = this.#schedule.takeDue(now); task; task = this.#schedule.takeDue(now)) task();
    const moreDropped = this.view.endDropped();
    const moreWaiting = this.#closing
      ? giveUpAll(this.#lanes, this.#endings, () => closed('no'))
      : giveUpLate(this.#lanes, this.#deadlines, this.#endings, now, () =>
          expired(this.#settings.deadlineSeconds, 'no'),
        );
    const more = moreDropped || moreWaiting;
    if (this.#closing && this.#underWay.size === 0 && !more) {
      this.#alarm.set(never, now);
      this.#closing.done();
      return;
    }
    const wakeAt = Math.min(
      more ? now + 1 : this.#deadlines.nextAt,
      this.#channels.start(now),
      this.#closing || this.view.paused ? never : this.#beginJobs(now),
      this.#schedule.nextAt,
    );
    this.#alarm.set(wakeAt, now);
  }

  /** Begins a job for each message whose channel lets it through; gives when the next may begin. */
  #beginJobs(now: number): number {
    let next = never;
    for (const operation of this.#lanes.operations) {
      const channel = this.#channels.to(operation);
      while (this.#lanes.hasReady(operation)) {
        const wait = channel.wait(now);
        if (wait > 0) {
          next = Math.min(next, now + wait);
          break;
        }
        // Messages are merged only where the pace does not let them all through at once.
        const taken = this.#lanes.take(operation, this.#lanes.size > channel.available(now));
        // Its first request takes its turn in the channel at once, so no more jobs begin than fit.
        if (taken) void new Job(this.#jobs, taken).run();
      }
    }
    return next;
  }
}
