import type { OperationPace, Samples } from '../../../definition/overview/figures';
import type { Delivery, End } from '../../../delivery/delivery';
import type { DeliveryObserver } from '../../../delivery/observing/observer';
import type { StoredMessage } from '../../../delivery/store/message-store';
import type { CasesError } from '../../../errors/errors';
import type { OperationName } from '../../../model/operations';
import { errorWords } from '../error-words';
import type { WorkOf } from '../lists/sensitive';
import { Access } from './access';
import type { Seen } from './seen';
import { Steps } from './steps';
import { countOne, newTotals } from './totals';
import { Unopened } from './unopened';

const sampleMs = 5000;
const samples = 120;
const minuteMs = 60_000;
const hour = 60;
/** So many that they are not walked through each second. */
const manyWaiting = 1000;

/**
 * Counts what the deliveries of one domain node do, one after the other: a deploy makes another. Times in
 * milliseconds of a clock that never goes back, unless another is named.
 */
export class DomainMonitor implements DeliveryObserver {
  readonly #seen: Seen;
  readonly #sent = new Steps(sampleMs, samples);
  readonly #refused = new Steps(sampleMs, samples);
  readonly #waiting = new Steps(sampleMs, samples, () => this.#waitingNow);
  #waitingNow = 0;
  readonly #done = new Steps(minuteMs, hour);
  readonly #failed = new Steps(minuteMs, hour);
  readonly #lately = new Map<OperationName, Steps>();
  readonly totals = newTotals();
  #oldest: { readonly at?: number; readonly value: number | undefined } = { value: undefined };
  /** The one that is open, if there is one. */
  delivery: Delivery | undefined;
  #workOf: WorkOf = () => undefined;
  readonly access = new Access();
  readonly unopened = new Unopened();
  /** Writes down since when it is paused; undefined: it is not. */
  keepPause: (since: number | undefined) => void = () => {};
  /** It is known whether an earlier run has left it paused. */
  isRecalled = false;
  /** Milliseconds since 1970. */
  #pausedSince: number | undefined;

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  /** How messages of the domain are delivered, by the delivery that was open last. */
  get workOf(): WorkOf {
    return this.#workOf;
  }

  get pausedSince(): number | undefined {
    return this.#pausedSince;
  }

  /** Another delivery takes the place of the last one; it is paused if that was. `workOf`: how it delivers a message. */
  attach(delivery: Delivery, workOf: WorkOf): void {
    this.delivery = delivery;
    this.#workOf = workOf;
    this.unopened.forget();
    this.#noteWaiting(performance.now());
    if (this.#pausedSince !== undefined) delivery.view.pause();
  }

  /** The delivery is closed. */
  detach(): void {
    this.delivery = undefined;
    this.unopened.forget();
    this.#noteWaiting(performance.now());
  }

  /** `since`, in milliseconds since 1970, unless it is paused already. */
  pause(since = Date.now()): void {
    this.#pausedSince ??= since;
    this.keepPause(this.#pausedSince);
    this.delivery?.view.pause();
  }

  resume(): void {
    this.#pausedSince = undefined;
    this.keepPause(undefined);
    this.delivery?.view.resume();
  }

  accepted(): void {
    this.#noteWaiting(performance.now());
    this.totals.accepted += 1;
  }

  sent(operation: OperationName): void {
    const now = performance.now();
    this.#noteWaiting(now);
    this.#sent.add(now);
    this.#latelySent(operation).add(now);
    countOne(this.totals.sent, operation);
  }

  refused(operation: OperationName): void {
    this.#refused.add(performance.now());
    countOne(this.totals.refused, operation);
  }

  ended(message: StoredMessage, end: End): void {
    const now = performance.now();
    this.#noteWaiting(now);
    if ('error' in end) {
      const { error } = end;
      this.failed(error);
      // What somebody dropped did not fail.
      if (error.code !== 'DROPPED') this.#seen.failures.add(message, { error: errorWords(error) });
    } else {
      this.#done.add(now);
      this.totals.done += 1;
      if ('result' in end) this.#seen.titles.noteFrom(end.result);
    }
    this.access.ended('error' in end ? end.error : undefined);
  }

  /** A message ended with an error, before it was accepted or afterwards. */
  failed({ code }: CasesError): void {
    this.#failed.add(performance.now());
    countOne(this.totals.failed, code);
  }

  /** A message was carried out, but its node is gone, so that nobody can be told. */
  untold(message: StoredMessage, outcome: string): void {
    this.#seen.failures.add(message, { outcome });
  }

  /** Messages that were delivered and that failed in the last hour. */
  lastHour(): { readonly done: number; readonly failed: number } {
    const now = performance.now();
    return { done: this.#done.sum(now), failed: this.#failed.sum(now) };
  }

  /** When the oldest message that waits came, in milliseconds since 1970; up to 5 seconds late where many wait. */
  oldestAt(): number | undefined {
    const now = performance.now();
    const { at, value } = this.#oldest;
    if (at !== undefined && now - at < sampleMs && this.#waitingNow > manyWaiting) return value;
    this.#oldest = { at: now, value: this.delivery?.view.oldestAt() };
    return this.#oldest.value;
  }

  samples(): Samples {
    const now = performance.now();
    this.#noteWaiting(now);
    // What waits when a step begins is what waited when the one before ended.
    const [, ...ends] = this.#waiting.values(now);
    return {
      stepSeconds: sampleMs / 1000,
      until: Date.now() + sampleMs - (now % sampleMs),
      sent: this.#sent.values(now),
      refused: this.#refused.values(now),
      waiting: [...ends, this.#waitingNow],
    };
  }

  /** The paces of what was sent in the last ten minutes, by the settings of the domain node; of what was sent most first. */
  paces(rate: 'auto' | number): readonly OperationPace[] {
    const now = performance.now();
    const sinceStep = (now % sampleMs) / 1000;
    return (this.delivery?.view.paces() ?? [])
      .map(({ operation, perSecond }) => {
        const lately = this.#latelySent(operation);
        const [before = 0, current = 0] = lately.values(now).slice(-2);
        const auto = rate === 'auto' || operation !== 'CreateRelatedItem';
        const used = rounded((before + current) / (sampleMs / 1000 + sinceStep));
        return { sent: lately.sum(now), pace: { operation, found: rounded(perSecond), auto, used } };
      })
      .filter(({ sent }) => sent > 0)
      .toSorted((one, other) => other.sent - one.sent)
      .map(({ pace }) => pace);
  }

  /** Steps that have passed without a change get what waited until now. */
  #noteWaiting(now: number): void {
    this.#waiting.touch(now);
    this.#waitingNow = this.delivery?.view.waiting ?? 0;
  }

  #latelySent(operation: OperationName): Steps {
    let steps = this.#lately.get(operation);
    if (!steps) {
      steps = new Steps(sampleMs, samples);
      this.#lately.set(operation, steps);
    }
    return steps;
  }
}

/** To a tenth: what is told only when it changes should not change with each request. */
const rounded = (perSecond: number): number => Math.round(perSecond * 10) / 10;
