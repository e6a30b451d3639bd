import type { NodeAPI, NodeMessage } from 'node-red';
import type { DeliveryState } from '../delivery/delivery';
import type { StoredMessage } from '../delivery/store/message-store';
import type { CasesError } from '../errors/errors';
import { handOnLater } from './late-results';
import { idOf } from './palette/message';
import { perNodeRed } from './per-node-red';
import type { Result } from './work/work';

/** How a message has ended, as its node is told. */
export type Ending = { readonly result: Result } | { readonly error: CasesError };

/** A message that has ended; without an id it never was in a queue. */
type EndedMessage = Pick<StoredMessage, 'nodeId' | 'msg'> & { readonly id?: string };

/** A running node as the results of its messages see it; those that another node with its id has begun, too. */
export interface Taker {
  /** Passes the result of a message on. */
  ended(message: EndedMessage, ending: Ending): void;
  /** Counts a message that an earlier run of the node has left. */
  resumed(): void;
  /** Shows what the node's messages are doing. */
  doing(state: DeliveryState): void;
}

/** The nodes that run, by their ids. */
export const takers = perNodeRed(() => new Map<string, Taker>());

/**
 * Hands on how a message has ended to the node that it is of, by id: at once, or as soon as the flows run again after
 * a deploy. Where there is no such node any more, the log has it. A promise resolves when it has been handed on.
 * `isKept`: a store has the message until then, whatever happens meanwhile. `untold` is called where the log has it.
 */
export function handOn(
  RED: NodeAPI,
  message: EndedMessage,
  ending: Ending,
  isKept = false,
  untold: () => void = () => {},
): Promise<void> | undefined {
  const pass = () => handOnNow(RED, message, ending);
  if (pass()) return undefined;
  return new Promise((handedOn) => {
    const { nodeId, msg } = message;
    const messageId = idOf(msg as NodeMessage);
    handOnLater(RED, { nodeId, messageId, outcome: outcomeOf(ending), isKept, pass, handedOn, untold });
  });
}

/** False where its node does not run. */
function handOnNow(RED: NodeAPI, message: EndedMessage, ending: Ending): boolean {
  const taker = takers(RED).get(message.nodeId);
  try {
    taker?.ended(message, ending);
  } catch (cause) {
    const id = idOf(message.msg as NodeMessage);
    RED.log.error(`Connect Cases: the result of message ${id} was not passed on: ${cause}`);
  }
  return taker !== undefined;
}

/** How a message has ended, as the log has it. */
const outcomeOf = (ending: Ending): string =>
  'error' in ending ? `${ending.error.code}, created: ${ending.error.created}` : ending.result.outcome;
