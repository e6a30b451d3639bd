import type { CasesError } from '../../errors/errors';
import type { Failing } from '../channel/answers';
import type { Channels } from '../channel/channels';
import type { Connection } from '../channel/connection';
import type { EarlierRun } from '../earlier-run';
import { type Endings, endedAtOnce } from '../endings';
import type { Intake } from '../intake';
import type { UnderWay } from '../job/context';
import { dropped } from '../own-errors';
import type { MessageStore, StoredMessage } from '../store/message-store';
import type { Tasks } from '../tasks';
import { Fifo } from '../waiting/fifo';
import { type Lane, type Message, packsInDoubt } from '../waiting/lane';
import type { Lanes } from '../waiting/lanes';
import type { DeliveryView, PaceView, WaitingList } from './view';

interface QueueViewContext {
  readonly lanes: Lanes;
  readonly tasks: Tasks;
  readonly store: MessageStore;
  readonly intake: Intake;
  readonly earlierRun: EarlierRun;
  readonly underWay: ReadonlySet<UnderWay>;
  readonly channels: Channels;
  readonly connection: Connection;
  readonly endings: Endings;
  /** Something may begin that could not before, or has to end. */
  readonly onTurn: () => void;
}

export class QueueView implements DeliveryView {
  readonly #context: QueueViewContext;
  /** Messages that somebody does not want to be sent, until they have ended. */
  readonly #dropped = new Fifo<StoredMessage>();
  paused = false;

  constructor(context: QueueViewContext) {
    this.#context = context;
  }

  get waiting(): number {
    const { lanes, tasks, intake, earlierRun } = this.#context;
    return lanes.size + tasks.size - tasks.asking + intake.held + earlierRun.parked.size;
  }

  get durable(): boolean {
    return this.#context.store.durable;
  }

  get inFlight(): number {
    return this.#context.underWay.size - this.verifying;
  }

  get verifying(): number {
    let count = 0;
    for (const { phase } of this.#context.underWay) if (phase === 'verifying') count += 1;
    return count;
  }

  get offlineSince(): number | undefined {
    return this.#context.connection.lostAt;
  }

  get offlineBy(): CasesError | undefined {
    return this.#context.connection.lostBy;
  }

  get failing(): Failing | undefined {
    return this.#context.channels.failing();
  }

  paces(): readonly PaceView[] {
    return this.#context.channels.paces();
  }

  *lists(): Iterable<WaitingList> {
    const { lanes, tasks, earlierRun } = this.#context;
    for (const lane of lanes.all()) {
      if (firstOfNode(lane)) yield new LaneList(lane);
    }
    if (tasks.size > 0) yield { key: undefined, messages: () => tasks.all() };
    const { parked } = earlierRun;
    if (parked.size > 0) yield { key: undefined, messages: () => parked.items() };
  }

  cameAt({ acceptedAt }: StoredMessage): number {
    return Date.now() - (this.#context.store.now() - acceptedAt);
  }

  oldestAt(): number | undefined {
    const { lanes, tasks, earlierRun } = this.#context;
    let oldest: StoredMessage | undefined;
    const look = (message: StoredMessage | undefined) => {
      if (message && (!oldest || message.acceptedAt < oldest.acceptedAt)) oldest = message;
    };
    for (const lane of lanes.all()) look(firstOfNode(lane)?.record);
    const [task] = tasks.all();
    look(task);
    for (const record of earlierRun.parked.items()) look(record);
    return oldest && this.cameAt(oldest);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.#context.onTurn();
  }

  drop(meant: (message: StoredMessage, key: string | undefined) => boolean): number {
    const { lanes, tasks, earlierRun, onTurn } = this.#context;
    const isWanted = (message: Message) => isOfNode(message) && meant(message.record, keyOf(message.lane));
    const kept = packsKept(lanes.all(), isWanted);
    const taken = lanes.remove((each) => isWanted(each) && !kept.has(each.record.doubt?.packedWith));
    const isMeant = (record: StoredMessage) => meant(record, undefined);
    const all = [
      ...taken.map(({ record }) => record),
      ...tasks.remove(isMeant),
      ...earlierRun.parked.take(isMeant),
    ];
    for (const message of all) this.#dropped.push(message);
    onTurn();
    return all.length;
  }

  /** Ends some of what was dropped; true where there is more. */
  endDropped(): boolean {
    for (let count = 0; count < endedAtOnce; count += 1) {
      const message = this.#dropped.shift();
      if (!message) return false;
      this.#context.endings.handOn(message, { error: dropped(message.doubt ? 'unknown' : 'no') });
    }
    return this.#dropped.size > 0;
  }
}

/** What went out together and is in doubt can be found by what all of it says alone: it is taken out together, or stays. */
function packsKept(
  lanes: Iterable<Lane>,
  isWanted: (message: Message) => boolean,
): ReadonlySet<string | undefined> {
  const kept = new Set<string | undefined>();
  for (const lane of lanes) {
    for (const { messages } of packsInDoubt(lane))
      if (!messages.every(isWanted)) kept.add(messages[0].record.doubt?.packedWith);
  }
  return kept;
}

/** A function that waits for the answer belongs to something that is under way. */
const isOfNode = ({ caller }: Message): boolean => caller === undefined;

function firstOfNode({ head }: Lane): Message | undefined {
  let message = head;
  while (message && !isOfNode(message)) message = message.next;
  return message;
}

/** There may be a hundred thousand: nothing is made for one until it is looked at. */
class LaneList implements WaitingList {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  get key(): string | undefined {
    return keyOf(this.#lane);
  }

  *messages(): Iterable<StoredMessage> {
    for (let message = this.#lane.head; message; message = message.next) {
      if (isOfNode(message)) yield message.record;
    }
  }
}

/** A symbol is of a message that waits for no other. */
const keyOf = ({ key }: Lane): string | undefined => (typeof key === 'string' ? key : undefined);
