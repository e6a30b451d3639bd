import type { DeliveryRules } from '../../definition/delivery-rules';
import type { Input, OperationName } from '../../model/operations';
import type { Delivered, DeliverOptions } from '../delivery';
import type { Lane } from './lanes';

/** What comes with a message. */
export interface NewMessage {
  readonly rules: DeliveryRules;
  readonly input: Input<OperationName>;
  readonly options: DeliverOptions;
  /** When it is given up; infinity: never. */
  readonly deadline: number;
  readonly resolve: (delivered: Delivered<OperationName>) => void;
  readonly reject: (error: Error) => void;
}

/** A message from the moment it came until its promise is settled. */
export interface Message extends NewMessage {
  readonly lane: Lane;
  /** Requests sent so far. */
  attempts: number;
  place: 'waiting' | 'taken' | 'settled';
  next: Message | undefined;
}
