import type { Channels } from '../channel/channels';
import type { Connection } from '../channel/connection';
import type { Endings } from '../endings';
import type { UnderWay } from '../job/context';
import type { StoredMessage } from '../store/message-store';
import { Dropped } from '../waiting/dropped';
import type { Lanes } from '../waiting/lanes';
import type { Lane, Message } from '../waiting/message';
import type { DeliveryView, PaceView, WaitingList } from './view';

export interface QueueViewContext {
  readonly lanes: Lanes;
  readonly underWay: ReadonlySet<UnderWay>;
  readonly channels: Channels;
  readonly connection: Connection;
  readonly endings: Endings;
  /** Something may begin that could not before, or has to end. */
  readonly onTurn: () => void;
}

export class QueueView implements DeliveryView {
  readonly #context: QueueViewContext;
  readonly #dropped: Dropped;
  paused = false;

  constructor(context: QueueViewContext) {
    this.#context = context;
    this.#dropped = new Dropped(context.endings);
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

  paces(): readonly PaceView[] {
    return this.#context.channels.paces();
  }

  *waiting(): Iterable<WaitingList> {
    for (const lane of this.#context.lanes.all()) {
      if (firstOfNode(lane)) yield { key: keyOf(lane), messages: () => messagesOf(lane) };
    }
  }

  oldestAt(): number | undefined {
    let oldest: number | undefined;
    for (const lane of this.#context.lanes.all()) {
      const at = firstOfNode(lane)?.record.acceptedAt;
      if (at !== undefined && (oldest === undefined || at < oldest)) oldest = at;
    }
    return oldest;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.#context.onTurn();
  }

  drop(meant: (message: StoredMessage, key: string | undefined) => boolean): number {
    const { lanes, onTurn } = this.#context;
    const taken = lanes.remove((message) => isOfNode(message) && meant(message.record, keyOf(message.lane)));
    this.#dropped.add(taken);
    onTurn();
    return taken.length;
  }

  /** Ends some of what was dropped; true where there is more. */
  endDropped(): boolean {
    return this.#dropped.end();
  }
}

/** A function that waits for the answer belongs to something that is under way. */
const isOfNode = ({ caller }: Message): boolean => caller === undefined;

function firstOfNode({ head }: Lane): Message | undefined {
  let message = head;
  while (message && !isOfNode(message)) message = message.next;
  return message;
}

function* messagesOf({ head }: Lane): Iterable<StoredMessage> {
  for (let message = head; message; message = message.next) if (isOfNode(message)) yield message.record;
}

/** A symbol is of a message that waits for no other. */
const keyOf = ({ key }: Lane): string | undefined => (typeof key === 'string' ? key : undefined);
