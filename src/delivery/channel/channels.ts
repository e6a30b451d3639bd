import type { OperationName } from '../../model/operations';
import { quotas } from '../../model/quotas';
import type { DeliverySettings } from '../delivery';
import type { Failing } from './answers';
import { Channel, type ChannelContext } from './channel';
import { createPace } from './create-pace';

/** Requests in flight at once: enough for 100 items a second where an answer takes a third of a second. */
const slots = (operation: OperationName): number => (operation === 'CreateRelatedItem' ? 32 : 8);

/** The channel of each operation, made when it is first needed. */
export class Channels {
  readonly #context: ChannelContext;
  readonly #settings: DeliverySettings;
  readonly #random: () => number;
  readonly #channels = new Map<OperationName, Channel>();

  constructor(context: ChannelContext, settings: DeliverySettings, random: () => number) {
    this.#context = context;
    this.#settings = settings;
    this.#random = random;
  }

  to(operation: OperationName): Channel {
    let channel = this.#channels.get(operation);
    if (!channel) {
      channel = new Channel(this.#context, operation, this.#paceOf(operation), slots(operation));
      this.#channels.set(operation, channel);
    }
    return channel;
  }

  /** The pace of each operation that was needed so far. */
  paces(): { readonly operation: OperationName; readonly perSecond: number }[] {
    return [...this.#channels].map(([operation, { perSecond }]) => ({ operation, perSecond }));
  }

  /** How requests fail that have been failing for some time; of several operations, of the one that began first. */
  failing(): Failing | undefined {
    const all = [...this.#channels.values()].flatMap(({ failing }) => failing ?? []);
    return all.toSorted((one, other) => one.since - other.since)[0];
  }

  /** Sends what waits in all channels and may go now; gives when the next request may. */
  start(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const channel of this.#channels.values()) next = Math.min(next, channel.start(now));
    return next;
  }

  /** The settings of the domain node are for its items; the pace of all other operations is found. */
  #paceOf(operation: OperationName) {
    const quota = quotas[operation];
    if (operation !== 'CreateRelatedItem') return createPace('auto', quota, this.#random);
    const { rate, burst } = this.#settings;
    return createPace(rate, { perSecond: quota.perSecond, burst }, this.#random);
  }
}
