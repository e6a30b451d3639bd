import type { DeliveryRules } from '../../definition/delivery-rules';
import type { End, OutgoingMessage, OutgoingTask, Task } from '../../delivery/delivery';
import type { StoredMessage } from '../../delivery/store/message-store';
import type { RequestWork, Result, TaskWork, Work } from './work';
import type { WorkDomain } from './work-domain';

/** A message as its node hands it over. */
export interface Order {
  readonly nodeId: string;
  readonly msg: unknown;
  /** What `toInput` of the work gave. */
  readonly input: unknown;
  /** It may go out together with others. */
  readonly merge: boolean;
  /** Nothing is sent where it is there already. */
  readonly keep: boolean;
}

/**
 * All kinds of work as one domain node has them done, for messages that come and for those that an earlier run has left:
 * each is made once, so that a hundred thousand messages share it.
 */
export class DomainWorks {
  readonly #works: ReadonlyMap<string, Work>;
  readonly #domain: () => WorkDomain;
  readonly #adding = new Map<Work, DeliveryRules>();
  readonly #keeping = new Map<Work, DeliveryRules>();
  readonly #tasks = new Map<Work, Task>();

  constructor(works: readonly Work[], domain: () => WorkDomain) {
    this.#works = new Map(works.map((work) => [keyOfWork(work), work]));
    this.#domain = domain;
  }

  /** A message of a node as the delivery takes it. */
  outgoing(work: Work, order: Order): OutgoingMessage | OutgoingTask {
    return outgoing(this.#how(work, order.keep), order);
  }

  /** How a message that was written down is delivered; undefined for one that this version does not know. */
  of(message: StoredMessage): DeliveryRules | Task | undefined {
    const work = this.#workOf(message);
    return work && this.#how(work, message.keep ?? false);
  }

  /** What the message goes on with. */
  resultOf(message: StoredMessage, end: Exclude<End, { readonly error: unknown }>): Result {
    const work = this.#workOf(message);
    if (work && 'task' in work && 'result' in end) return work.toResult(end.result, message.input);
    if (work && 'rules' in work && 'delivered' in end) return work.toResult(end.delivered);
    throw new Error(`There is no work called ${message.operation}.`);
  }

  /** A message that an earlier run has left waits from now on; gives how it is delivered. */
  resumed(message: StoredMessage): DeliveryRules | Task | undefined {
    const work = this.#workOf(message);
    if (work) this.began(work, message);
    return this.of(message);
  }

  /** The message waits from now on. */
  began(work: Work, { id, nodeId, input }: Pick<StoredMessage, 'id' | 'nodeId' | 'input'>): void {
    const caseId = 'rules' in work ? work.updates?.(input) : undefined;
    if (caseId !== undefined) this.#domain().updates.began(caseId, id, nodeId);
  }

  /** The message has ended. */
  ended(message: StoredMessage, end: End): void {
    const work = this.#workOf(message);
    this.#domain().updates.ended(message.id);
    if (work && 'rules' in work && !('result' in end)) work.ended?.(message.input, end, this.#domain());
  }

  #workOf = ({ operation, input }: StoredMessage): Work | undefined =>
    this.#works.get(keyOf(operation, (input as { readonly type?: string }).type));

  #how(work: Work, keep: boolean): DeliveryRules | Task {
    return 'task' in work
      ? kept(this.#tasks, work, () => this.#task(work))
      : kept(keep ? this.#keeping : this.#adding, work, () => this.#rules(work, keep));
  }

  #rules(work: RequestWork, keep: boolean): DeliveryRules {
    const rules = work.rules(keep);
    return work.prepare
      ? { ...rules, prepare: async (input) => work.prepare?.(input, this.#domain()) ?? input }
      : rules;
  }

  #task = (work: TaskWork): Task => ({
    task: work.task,
    run: (input, context) => work.run(input, this.#domain(), context),
  });
}

/** A message as the delivery takes it that is to deliver it so. */
export const outgoing = (
  how: DeliveryRules | Task,
  { nodeId, msg, input, merge }: Omit<Order, 'keep'>,
): OutgoingMessage | OutgoingTask =>
  'task' in how
    ? { nodeId, msg, task: how, input }
    : { nodeId, msg, rules: how, input: input as never, merge };

/** What tells a work from all others, also in a message that was written down. */
const keyOf = (operation: string, type: string | undefined): string =>
  type === undefined ? operation : `${operation} ${type}`;

const keyOfWork = (work: Work): string => ('task' in work ? work.task : keyOf(work.operation, work.type));

function kept<Value>(known: Map<Work, Value>, work: Work, make: () => Value): Value {
  const value = known.get(work) ?? make();
  known.set(work, value);
  return value;
}
