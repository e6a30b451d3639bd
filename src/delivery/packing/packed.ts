import type { DeliveryRules } from '../../definition/delivery-rules';
import type { Input, OperationName } from '../../model/operations';
import type { Doubt } from '../store/message-store';
import type { Lane, Message } from '../waiting/lane';

/** The messages that share one request, oldest first. */
export class Packed {
  readonly messages: readonly [Message, ...Message[]];
  readonly input: Input<OperationName>;

  constructor(messages: readonly [Message, ...Message[]], input: Input<OperationName>) {
    this.messages = messages;
    this.input = input;
  }

  get rules(): DeliveryRules {
    return this.messages[0].rules;
  }

  get lane(): Lane {
    return this.messages[0].lane;
  }

  /** There where an earlier run sent the request, and nobody knows what became of it. */
  get doubt(): Doubt | undefined {
    return this.messages[0].record.doubt;
  }

  get attempts(): number {
    return this.messages[0].attempts;
  }

  /** Messages that were merged are given up together, when the last of them is due. */
  get deadline(): number {
    return this.messages.at(-1)?.deadline ?? Number.POSITIVE_INFINITY;
  }
}
