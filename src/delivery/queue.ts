import { setMaxListeners } from 'node:events';
import { Aftermath } from './aftermath';
import { Connection } from './channel/connection';
import { createPace } from './channel/pace';
import type {
  Delivered,
  DeliverOptions,
  Delivery,
  DeliverySettings,
  ItemRules,
  RelatedItemRequest,
} from './delivery';
import { closed, expired, queueFull } from './own-errors';
import { Sender } from './sender';
import type { CasesService } from './service/service';
import { Alarm } from './time/alarm';
import { type Clock, systemClock } from './time/clock';
import { Schedule } from './time/schedule';
import { UnderWay } from './under-way';
import { type Claims, sharedClaims } from './verify/claims';
import { ItemArns } from './verify/item-arns';
import { Verifier } from './verify/verifier';
import { Deadlines } from './waiting/deadlines';
import { giveUpAll, giveUpLate } from './waiting/give-up';
import { WaitingRoom } from './waiting/waiting';

export interface DeliveryOptions {
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Told once for each thing that somebody should look into; holds nothing secret or sensitive. */
  readonly onWarning?: (text: string) => void;
  readonly claims?: Claims;
}

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
 * A message is in the waiting room until its turn comes, then under way as a job that the sender, the aftermath
 * and the verifier pass on. All that may happen now happens in `#pump`; the alarm rings when something else may.
 */
class Queue implements Delivery {
  readonly #settings: DeliverySettings;
  readonly #clock: Clock;
  readonly #room = new WaitingRoom();
  readonly #deadlines = new Deadlines();
  readonly #schedule = new Schedule<() => void>();
  readonly #alarm: Alarm;
  readonly #abort = new AbortController();
  readonly #connection: Connection;
  readonly #underWay: UnderWay;
  readonly #sender: Sender;
  readonly #verifier: Verifier;
  #pumpQueued = false;
  #closing: { readonly done: () => void; readonly promise: Promise<void> } | undefined;

  constructor(service: CasesService, settings: DeliverySettings, options: DeliveryOptions) {
    const { clock = systemClock, random = Math.random, claims = sharedClaims } = options;
    const warn = oncePerTopic(options.onWarning);
    const onTurn = () => this.#queuePump();
    const pace = createPace(settings.rate, settings.burst, random);
    this.#settings = settings;
    this.#clock = clock;
    this.#alarm = new Alarm(clock, onTurn);
    this.#connection = new Connection(random, warn);
    this.#underWay = new UnderWay(this.#room, claims);
    setMaxListeners(0, this.#abort.signal);
    const aftermath = new Aftermath({
      settings,
      clock,
      random,
      room: this.#room,
      underWay: this.#underWay,
      schedule: this.#schedule,
      isClosing: () => this.#closing !== undefined,
      lookUp: (job) => this.#verifier.verify(job),
      send: (job) => this.#sender.send(job),
    });
    const itemArns = new ItemArns(service, this.#abort.signal, warn);
    const shared = { service, clock, connection: this.#connection, signal: this.#abort.signal, onTurn };
    this.#sender = new Sender({
      ...shared,
      pace,
      hasNext: () => this.#room.hasReady,
      // Comments are merged only where the pace does not let them all through at once.
      next: (now) => this.#underWay.begin(this.#room.size > pace.available(now), now),
      onCreated: (job, created) => {
        itemArns.learn(created.relatedItemArn);
        aftermath.created(job, created);
      },
      onFailed: (job, failure) => aftermath.failed(job, failure),
    });
    this.#verifier = new Verifier({
      ...shared,
      random,
      schedule: this.#schedule,
      itemArns,
      warn,
      onFound: (job, item) => aftermath.found(job, item),
      onMissing: (job) => aftermath.missing(job),
      onUnknown: (job, why) => aftermath.unknown(job, why),
    });
  }

  get waiting(): number {
    return this.#room.size;
  }

  get state(): Delivery['state'] {
    if (this.#closing) return 'closed';
    if (this.#connection.offline) return 'offline';
    return this.#room.size + this.#underWay.size > 0 ? 'busy' : 'idle';
  }

  deliver(rules: ItemRules, request: RelatedItemRequest, options: DeliverOptions = {}): Promise<Delivered> {
    const { maxWaiting, deadlineSeconds } = this.#settings;
    if (this.#closing) return Promise.reject(closed('no'));
    if (this.#room.size >= maxWaiting) return Promise.reject(queueFull(maxWaiting));
    const deadline = deadlineSeconds > 0 ? this.#clock.now() + deadlineSeconds * 1000 : never;
    return new Promise((resolve, reject) => {
      const message = this.#room.add(rules.orderKey(request) ?? '', {
        rules,
        request,
        options,
        deadline,
        resolve,
        reject,
      });
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
    this.#underWay.rejectAll(closed('unknown'), ({ step }) => step === 'again');
    this.#schedule.add(this.#clock.now() + graceSeconds * 1000, () => {
      this.#underWay.rejectAll(closed('unknown'));
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

  /** Starts everything that may start now, and sets the alarm to when something else may. */
  #pump(): void {
    this.#pumpQueued = false;
    const now = this.#clock.now();
    for (let task = this.#schedule.takeDue(now); task; task = this.#schedule.takeDue(now)) task();
    const more = this.#closing
      ? giveUpAll(this.#room, () => closed('no'))
      : giveUpLate(this.#room, this.#deadlines, now, () => expired(this.#settings.deadlineSeconds, 'no'));
    if (this.#closing && this.#underWay.size === 0 && !more) {
      this.#alarm.set(never, now);
      this.#closing.done();
      return;
    }
    const wakeAt = Math.min(
      more ? now + 1 : this.#deadlines.nextAt,
      this.#schedule.nextAt,
      this.#verifier.start(now),
      this.#closing ? never : this.#sender.start(now),
    );
    this.#alarm.set(wakeAt, now);
  }
}

/** A function that passes on the first text of each topic. */
function oncePerTopic(say: (text: string) => void = () => {}): (topic: string, text: string) => void {
  const said = new Set<string>();
  return (topic, text) => {
    if (said.has(topic)) return;
    said.add(topic);
    say(text);
  };
}
