import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeliveryRules } from '../definition/delivery-rules';
import type { Recipient, Task } from './delivery';
import { type Endings, fromStored, type StoredEnd } from './endings';
import type { Intake } from './intake';
import type { JobContext } from './job/context';
import { JobRequest } from './job/request';
import type { MessageStore, StoredMessage } from './store/message-store';
import type { Tasks } from './tasks';
import type { Clock } from './time/clock';
import type { Schedule } from './time/schedule';
import { clockToleranceMs } from './verify/claims';
import type { ExistingItems } from './verify/existing-items';
import { Fifo } from './waiting/fifo';
import { packsInDoubt, type Taken } from './waiting/lane';
import type { Lanes } from './waiting/lanes';

interface EarlierRunContext {
  readonly domainNodeId: string;
  readonly store: MessageStore;
  readonly recipient: Recipient;
  readonly workOf: (message: StoredMessage) => DeliveryRules | Task | undefined;
  readonly intake: Intake;
  readonly lanes: Lanes;
  readonly tasks: Tasks;
  readonly endings: Endings;
  readonly existingItems: ExistingItems;
  readonly jobs: JobContext;
  readonly warn: (topic: string, text: string) => void;
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly isClosing: () => boolean;
}

/** Messages begun in one go; the event loop has a turn in between. */
const atOnce = 500;

/** What the last run of a domain node has left in the store, and what has to wait in it until its nodes run again. */
export class EarlierRun {
  readonly #context: EarlierRunContext;
  /** What waits until its nodes run again. Its deadlines hold, but its ends wait with it. */
  readonly parked = new Fifo<StoredMessage>();

  constructor(context: EarlierRunContext) {
    this.#context = context;
  }

  /** Goes on with it. Never rejects. */
  async load(): Promise<void> {
    const { store, domainNodeId, intake, existingItems, isClosing } = this.#context;
    existingItems.restore(await store.notes());
    const messages = await store.load(domainNodeId, (late) => void this.#beginAll(late));
    await this.#untilToldApart();
    await this.#beginAll(messages);
    if (!isClosing()) intake.beginNew();
  }

  async #beginAll(messages: readonly StoredMessage[]): Promise<void> {
    const { intake, isClosing } = this.#context;
    // Those that went out together have to go on together, so none has its turn before all in doubt are there.
    const inDoubt = messages.filter(({ doubt }) => doubt);
    const others = messages.filter(({ doubt }) => !doubt);
    const ends = endsOfPacks(inDoubt);
    let unknown = 0;
    const begin = (record: StoredMessage) => {
      const end = record.end ?? ends.get(record.doubt?.packedWith);
      if (!intake.hasNew(record.id) && !this.#begin(record, end)) unknown += 1;
    };
    if (isClosing()) return;
    for (const record of inDoubt) begin(record);
    this.#claimInDoubt();
    for (const [index, record] of others.entries()) {
      if (isClosing()) return;
      begin(record);
      if (index % atOnce === atOnce - 1) await nextTurn();
    }
    if (unknown > 0) this.#context.warn('unknown', unknownText(unknown));
  }

  /** What others get from now on is not what it has made, however long it waits for its turn. */
  #claimInDoubt(): void {
    for (const lane of this.#context.lanes.all()) {
      try {
        for (const pack of packsInDoubt(lane)) this.#claim(pack);
      } catch {} // What it holds is not what this version writes down: its job says so.
    }
  }

  #claim(pack: Taken): void {
    const request = new JobRequest(this.#context.jobs, pack);
    // Where names have to become ids first, nobody knows yet which items could be its own.
    if (request.rules.prepare) return;
    request.claim();
    request.suspend();
  }

  /** Waits until the last items of the process before, whose messages are gone, are too old to be taken for new ones. */
  async #untilToldApart(): Promise<void> {
    const { store, clock, schedule } = this.#context;
    const waitMs = (await store.lastRunAt()) + 2 * clockToleranceMs - store.now();
    await schedule.after(clock.now(), waitMs);
  }

  /** Other nodes run now: some messages may go on and others have to wait. */
  nodesChanged(): void {
    const { store, lanes, tasks } = this.#context;
    if (!store.handsOver) return;
    const isAway = this.#isAway();
    for (const record of this.parked.take((each) => !isAway(each))) this.#begin(record, record.end, isAway);
    for (const { record } of lanes.remove(({ caller, record }) => !caller && isAway(record)))
      this.parked.push(record);
    for (const record of tasks.removeWaiting(isAway)) this.parked.push(record);
  }

  /** False where nobody knows how to deliver it: it stays in the store. */
  #begin(record: StoredMessage, end: unknown, isAway = this.#isAway()): boolean {
    try {
      return this.#beginKnown(record, end, isAway);
    } catch {
      return false; // What it holds is not what this version writes down.
    }
  }

  #beginKnown(record: StoredMessage, end: unknown, isAway: (record: StoredMessage) => boolean): boolean {
    const { intake, endings, recipient, workOf } = this.#context;
    if (end !== undefined) {
      endings.handOn(record, fromStored(end as StoredEnd));
      return true;
    }
    if (isAway(record)) {
      this.parked.push(record);
      return true;
    }
    const work = workOf(record);
    if (!work) return false;
    recipient.resumed?.(record.nodeId);
    intake.begin(record, work);
    return true;
  }

  /**
   * Tells of each message whether it has to wait for its node, and asks once for each node. One in doubt does not wait: it
   * went out together with others, perhaps, and can be told from them by what all of them say.
   */
  #isAway(): (record: StoredMessage) => boolean {
    const { recipient } = this.#context;
    const away = new Map<string, boolean>();
    return ({ nodeId, doubt }) => {
      if (doubt) return false;
      let isAway = away.get(nodeId);
      if (isAway === undefined) {
        isAway = recipient.whereabouts?.(nodeId) === 'away';
        away.set(nodeId, isAway);
      }
      return isAway;
    };
  }
}

/** What went out as one has one end, though some of it was handed on already and comes back, and some could not be. */
const endsOfPacks = (inDoubt: readonly StoredMessage[]): ReadonlyMap<string | undefined, unknown> =>
  new Map(inDoubt.filter(({ end }) => end !== undefined).map(({ doubt, end }) => [doubt?.packedWith, end]));

const unknownText = (count: number): string =>
  `${count} waiting messages are for something that this version can't do. They stay where they are kept: install the version that was there before, or delete the file.`;
