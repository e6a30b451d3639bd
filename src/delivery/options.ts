import type { DeliveryRules } from '../definition/delivery-rules';
import type { Recipient, Task } from './delivery';
import type { DeliveryObserver } from './observing/observer';
import type { MessageStore, StoredMessage } from './store/message-store';
import type { Clock } from './time/clock';
import type { Claims } from './verify/claims';

export interface DeliveryOptions {
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Told once for each thing that somebody should look into; holds nothing secret or sensitive. */
  readonly onWarning?: (text: string) => void;
  readonly claims?: Claims;
  /** Where waiting messages are kept; left out: in memory alone. */
  readonly store?: MessageStore;
  /** The domain node that the messages wait for. */
  readonly domainNodeId?: string;
  /** Takes the ends of accepted messages. */
  readonly recipient?: Recipient;
  readonly observer?: DeliveryObserver;
  /**
   * How a message that an earlier run has left is delivered: by its `operation` and, for an operation of the API, its
   * `input` and whether it is to `keep` what is there. Undefined: it stays in the store, and the log says so.
   */
  readonly workOf?: (message: StoredMessage) => DeliveryRules | Task | undefined;
}

/** A function that passes on the first text of each topic. */
export function oncePerTopic(say: (text: string) => void = () => {}): (topic: string, text: string) => void {
  const said = new Set<string>();
  return (topic, text) => {
    if (said.has(topic)) return;
    said.add(topic);
    say(text);
  };
}
