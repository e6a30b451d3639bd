import type { DeliveryRules } from '../definition/delivery-rules';
import type { Input, OperationName } from '../model/operations';
import type { Delivered, Delivery, DeliverySettings, OutgoingMessage, OutgoingTask } from './delivery';
import { endedAtOnce } from './endings';
import { Job } from './job/job';
import { QueueView } from './observing/queue-view';
import { closed, expired } from './own-errors';
import { type DeliveryOptions, type Parts, partsOf } from './parts';
import type { CasesService } from './service/service';
import { Alarm } from './time/alarm';

/** Messages that are prepared at once, or wait for the turn of their first request then. */
const mostPreparing = 32;
const never = Number.POSITIVE_INFINITY;

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
  readonly #parts: Parts;
  readonly #alarm: Alarm;
  #pumpQueued = false;
  #closing: { readonly isLeaving: boolean; readonly done: () => void } | undefined;
  #closed: Promise<void> | undefined;

  constructor(service: CasesService, settings: DeliverySettings, options: DeliveryOptions) {
    const onTurn = () => this.#queuePump();
    this.#settings = settings;
    this.#parts = partsOf(service, settings, options, {
      onTurn,
      isClosing: () => this.#closing !== undefined,
      isLeaving: () => this.#closing?.isLeaving ?? false,
    });
    this.view = new QueueView({ ...this.#parts, onTurn });
    this.#alarm = new Alarm(this.#parts.clock, onTurn);
    if (this.#parts.store.handsOver) void this.#parts.earlierRun.load();
  }

  get waiting(): number {
    const { lanes, tasks, intake, earlierRun } = this.#parts;
    return lanes.size + tasks.waiting + intake.held + earlierRun.parked.size;
  }

  get state(): Delivery['state'] {
    const { connection, intake, lanes, underWay, tasks } = this.#parts;
    if (this.#closing) return 'closed';
    if (connection.offline) return 'offline';
    return intake.isLoading || lanes.size + underWay.size + tasks.size > 0 ? 'busy' : 'idle';
  }

  accept<Name extends OperationName>(message: OutgoingMessage<Name> | OutgoingTask): string {
    return this.#parts.intake.accept(message as OutgoingMessage | OutgoingTask);
  }

  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>> {
    return this.#parts.intake.deliver(rules, input);
  }

  nodesChanged(): void {
    this.#parts.earlierRun.nodesChanged();
  }

  close(graceSeconds: number): Promise<void> {
    this.#closed ??= new Promise((done) => {
      const { underWay, schedule, clock, tasks, abort, store } = this.#parts;
      const isLeaving = store.handsOver;
      this.#closing = { isLeaving, done };
      for (const job of underWay) {
        // What is looked up may be finished, unless the next delivery can do that.
        const mayFinish = job.phase === 'in flight' || (job.phase === 'verifying' && !isLeaving);
        if (!mayFinish) job.reject(closed('unknown'));
      }
      schedule.add(clock.now() + graceSeconds * 1000, () => {
        for (const job of underWay) job.reject(closed('unknown'));
        tasks.abort();
        abort.abort();
      });
      this.#queuePump();
    });
    return this.#closed;
  }

  #queuePump(): void {
    if (this.#pumpQueued) return;
    this.#pumpQueued = true;
    queueMicrotask(() => this.#pump());
  }

  /** Begins everything that may begin now, and sets the alarm to when something else may. */
  #pump(): void {
    this.#pumpQueued = false;
    const { clock, schedule, underWay, lanes, tasks, channels } = this.#parts;
    const now = clock.now();
    for (let task = schedule.takeDue(now); task; task = schedule.takeDue(now)) task();
    const moreDropped = this.view.endDropped();
    const moreWaiting = this.#closing ? this.#giveUpAll() : this.#beginTasks(now);
    const more = moreDropped || moreWaiting;
    const busy = underWay.size + tasks.size > 0;
    if (this.#closing && !busy && !more) {
      this.#alarm.set(never, now);
      this.#closing.done();
      return;
    }
    const wakeAt = Math.min(
      more ? now + 1 : Math.min(lanes.nextDeadline, tasks.nextAt),
      channels.start(now),
      this.#closing || this.view.paused ? never : this.#beginJobs(now),
      schedule.nextAt,
    );
    this.#alarm.set(wakeAt, now);
  }

  /** Ends what waits; true where there is more. */
  #giveUpAll(): boolean {
    const { lanes, endings, tasks } = this.#parts;
    for (const message of lanes.drain(endedAtOnce)) endings.end(message, { error: closed('no') });
    return tasks.giveUp() || lanes.size > 0;
  }

  /** Begins tasks that may begin, and gives up messages that are late; true where there are more. */
  #beginTasks(now: number): boolean {
    const moreLate = this.#giveUpLate(now);
    return this.#parts.tasks.begin(now, this.view.paused) || moreLate;
  }

  /** Ends what waits past its deadline; true where there is more. What is under way is judged later. */
  #giveUpLate(now: number): boolean {
    const { lanes, endings } = this.#parts;
    for (let count = 0; count < endedAtOnce; count += 1) {
      const message = lanes.takeLate(now);
      if (!message) return false;
      endings.end(message, { error: expired(this.#settings.deadlineSeconds, 'no') });
    }
    return true;
  }

  /** Begins a job for each message whose channel lets it through; gives when the next may begin. */
  #beginJobs(now: number): number {
    const { lanes, channels, jobs } = this.#parts;
    let next = never;
    for (const operation of lanes.operations) {
      const channel = channels.to(operation);
      while (lanes.hasReady(operation) && jobs.preparing.size < mostPreparing) {
        const wait = channel.wait(now);
        if (wait > 0) {
          next = Math.min(next, now + wait);
          break;
        }
        // Messages are merged only where the pace does not let them all through at once.
        const taken = lanes.take(operation, lanes.size > channel.available(now));
        // Its first request takes its turn in the channel at once, so no more jobs begin than fit.
        if (taken) void new Job(jobs, taken).run();
      }
    }
    return next;
  }
}
