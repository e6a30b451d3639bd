import { randomUUID } from 'node:crypto';
import type { DeliveryRules } from '../definition/delivery-rules';
import type { Input, OperationName } from '../model/operations';
import type { Connection } from './channel/connection';
import type { Delivered, DeliverySettings, End, OutgoingMessage } from './delivery';
import type { Endings } from './endings';
import type { DeliveryObserver } from './observing/observer';
import { closed, queueFull } from './own-errors';
import type { MessageStore, StoredMessage } from './store/message-store';
import type { Clock } from './time/clock';
import type { Deadlines } from './waiting/deadlines';
import type { Lanes } from './waiting/lanes';
import type { NewMessage } from './waiting/message';

export interface IntakeContext {
  readonly settings: DeliverySettings;
  readonly domainNodeId: string;
  readonly clock: Clock;
  readonly store: MessageStore;
  readonly lanes: Lanes;
  readonly deadlines: Deadlines;
  readonly endings: Endings;
  readonly connection: Connection;
  readonly observer: DeliveryObserver;
  readonly isClosing: () => boolean;
}

/** What stands in place of a record where no node waits for a message. */
const noRecord = { id: '', domainNodeId: '', nodeId: '', msg: undefined, acceptedAt: 0, attempts: 0 };

const processId = randomUUID();
let lastNumber = 0;

/** An id that is unique for ever: what all of the process share is in memory once. */
function newId(): string {
  lastNumber += 1;
  return `${processId}-${lastNumber}`;
}

/** The way in: a message gets its record, its place in the store and in its lane. */
export class Intake {
  readonly #context: IntakeContext;

  constructor(context: IntakeContext) {
    this.#context = context;
  }

  accept<Name extends OperationName>(message: OutgoingMessage<Name>): string {
    const { nodeId, msg, rules, input, merge = false } = message;
    const { domainNodeId, store, observer } = this.#context;
    this.#checkSpace();
    const { operation } = rules;
    const id = newId();
    const acceptedAt = Date.now();
    const record = { id, domainNodeId, nodeId, msg, operation, input, acceptedAt, attempts: 0 };
    store.add(record);
    this.#add(record, rules as DeliveryRules, merge, undefined);
    observer.accepted();
    return id;
  }

  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>> {
    return new Promise((resolve, reject) => {
      this.#checkSpace();
      const record = { ...noRecord, operation: rules.operation, input };
      this.#add(record, rules as DeliveryRules, false, (end: End) =>
        'error' in end ? reject(end.error) : resolve(end.delivered as Delivered<Name>),
      );
    });
  }

  #checkSpace(): void {
    const { settings, lanes, isClosing } = this.#context;
    if (isClosing()) throw closed('no');
    if (lanes.size >= settings.maxWaiting) throw queueFull(settings.maxWaiting);
  }

  #add(
    record: StoredMessage & Pick<NewMessage, 'input'>,
    rules: DeliveryRules,
    merge: boolean,
    caller: NewMessage['caller'],
  ): void {
    const { settings, clock, lanes, deadlines, endings, connection } = this.#context;
    const { deadlineSeconds } = settings;
    const deadline = deadlineSeconds > 0 ? clock.now() + deadlineSeconds * 1000 : Number.POSITIVE_INFINITY;
    const key = rules.orderKey(record.input) ?? Symbol();
    const message = lanes.add(key, { ...record, rules, merge, deadline, caller });
    deadlines.add(message);
    endings.tell([message], connection.offline ? 'offline' : 'waiting');
  }
}
