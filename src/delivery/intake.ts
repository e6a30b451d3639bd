import { randomUUID } from 'node:crypto';
import type { DeliveryRules } from '../definition/delivery-rules';
import { type Input, type OperationName, writes } from '../model/operations';
import type { Connection } from './channel/connection';
import type { Delivered, DeliverySettings, End, OutgoingMessage, OutgoingTask, Task } from './delivery';
import type { Endings } from './endings';
import type { DeliveryObserver } from './observing/observer';
import { closed, queueFull } from './own-errors';
import type { MessageStore, StoredMessage } from './store/message-store';
import type { TaskMessage, Tasks } from './tasks';
import type { Clock } from './time/clock';
import type { NewMessage } from './waiting/lane';
import type { Lanes } from './waiting/lanes';

interface IntakeContext {
  readonly settings: DeliverySettings;
  readonly domainNodeId: string;
  readonly clock: Clock;
  readonly store: MessageStore;
  readonly lanes: Lanes;
  readonly endings: Endings;
  readonly connection: Connection;
  readonly observer: DeliveryObserver;
  readonly tasks: Tasks;
  /** How many messages of nodes count for `maxWaiting`. */
  readonly waiting: () => number;
  readonly isClosing: () => boolean;
}

/** What stands in place of a record where no node waits for a message. */
const noRecord = {
  domainNodeId: '',
  nodeId: '',
  msg: undefined,
  operation: '',
  input: undefined,
  acceptedAt: 0,
  attempts: 0,
};

const processId = randomUUID();
let lastNumber = 0;

/** An id that is unique for ever: what all of the process share is in memory once. */
function newId(): string {
  lastNumber += 1;
  return `${processId}-${lastNumber}`;
}

function optionsOf({ rules, merge }: OutgoingMessage): Pick<StoredMessage, 'merge' | 'keep'> {
  const keep = rules.whenAnswerIsLost.do === 'verify' && rules.whenAnswerIsLost.keepsExisting;
  return { ...(merge && { merge }), ...(keep && { keep }) };
}

interface Held {
  readonly record: StoredMessage;
  readonly work: DeliveryRules | Task;
  readonly deadline: number;
}

/** The way in: a message gets its record, its place in the store and in its lane. */
export class Intake {
  readonly #context: IntakeContext;
  /** While what the last run has left is loaded: what comes, to go on after that. */
  #held: Map<string, Held> | undefined;

  constructor(context: IntakeContext) {
    this.#context = context;
    if (context.store.handsOver) this.#held = new Map();
  }

  /** Whether what the last run has left is being loaded. */
  get isLoading(): boolean {
    return this.#held !== undefined;
  }

  /** How many messages wait until what the last run has left has begun. */
  get held(): number {
    return this.#held?.size ?? 0;
  }

  accept(message: OutgoingMessage | OutgoingTask): string {
    const { domainNodeId, store, observer } = this.#context;
    this.#checkSpace();
    const { nodeId, msg, input } = message;
    const work = 'task' in message ? message.task : message.rules;
    const record: StoredMessage = {
      id: newId(),
      domainNodeId,
      nodeId,
      msg,
      operation: 'task' in work ? work.task : work.operation,
      input,
      acceptedAt: store.now(),
      attempts: 0,
      ...('task' in message ? undefined : optionsOf(message)),
    };
    this.#keep(record, work);
    observer.accepted();
    return record.id;
  }

  deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>> {
    return this.#deliver(rules, input, '', this.#newDeadline());
  }

  /** Has one operation carried out for a task. */
  async deliverFor<Name extends OperationName>(
    message: TaskMessage,
    rules: DeliveryRules<Name>,
    input: Input<Name>,
  ): Promise<Delivered<Name>> {
    if (writes[rules.operation]) message.wrote = true;
    return this.#deliver(rules, input, message.record.nodeId, message.deadline);
  }

  #deliver<Name extends OperationName>(
    rules: DeliveryRules<Name>,
    input: Input<Name>,
    nodeId: string,
    deadline: number,
  ): Promise<Delivered<Name>> {
    return new Promise((resolve, reject) => {
      if (this.#context.isClosing()) throw closed('no');
      const record = { ...noRecord, id: newId(), nodeId, operation: rules.operation, input };
      this.#toLane(record, rules as DeliveryRules, deadline, (end: End) =>
        'delivered' in end
          ? resolve(end.delivered as Delivered<Name>)
          : reject('error' in end ? end.error : undefined),
      );
    });
  }

  #checkSpace(): void {
    const { settings, isClosing, waiting } = this.#context;
    if (isClosing()) throw closed('no');
    if (waiting() >= settings.maxWaiting) throw queueFull(settings.maxWaiting);
  }

  #newDeadline(): number {
    const { deadlineSeconds } = this.#context.settings;
    return deadlineSeconds > 0
      ? this.#context.clock.now() + deadlineSeconds * 1000
      : Number.POSITIVE_INFINITY;
  }

  /** Whether a message has come that waits until what the last run has left has begun. */
  hasNew(id: string): boolean {
    return this.#held?.has(id) ?? false;
  }

  /** Begins what has come meanwhile; from now on messages begin as they come. */
  beginNew(): void {
    const held = this.#held;
    this.#held = undefined;
    for (const { record, work, deadline } of held?.values() ?? []) this.begin(record, work, deadline);
  }

  /** A message of the store goes to where its turn will come. */
  begin(record: StoredMessage, work: DeliveryRules | Task, deadline = this.#deadlineOf(record)): void {
    const { tasks, endings, connection } = this.#context;
    if ('task' in work) {
      tasks.add(record, work, deadline);
      endings.tell([{ record }], connection.offline ? 'offline' : 'waiting');
    } else this.#toLane(record as NewMessage['record'], work, deadline, undefined);
  }

  #deadlineOf({ acceptedAt }: StoredMessage): number {
    return this.#newDeadline() - (this.#context.store.now() - acceptedAt);
  }

  #keep(record: StoredMessage, work: DeliveryRules | Task): void {
    this.#context.store.add(record);
    const deadline = this.#newDeadline();
    if (this.#held) this.#held.set(record.id, { record, work, deadline });
    else this.begin(record, work, deadline);
  }

  #toLane(
    record: NewMessage['record'],
    rules: DeliveryRules,
    deadline: number,
    caller: NewMessage['caller'],
  ): void {
    const { lanes, endings, connection } = this.#context;
    const key = rules.orderKey(record.input) ?? Symbol();
    lanes.add(key, { record, rules, deadline, caller });
    endings.tell([{ record }], connection.offline ? 'offline' : 'waiting');
  }
}
