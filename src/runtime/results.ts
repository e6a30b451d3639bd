import type { NodeAPI, NodeMessage } from 'node-red';
import type { DeliveryState, End, Recipient } from '../delivery';
import type { StoredMessage } from '../delivery/store/message-store';
import { afterDeploy } from './after-deploy';
import { idOf } from './item/message';

/** A running node as the results of its messages see it; those that another node with its id has begun, too. */
export interface Taker {
  /** Passes the result of a message on. */
  ended(message: StoredMessage, end: End): void;
  /** Shows what the node's messages are doing. */
  doing(state: DeliveryState): void;
}

const takersOf = new WeakMap<NodeAPI['events'], Map<string, Taker>>();

/** The nodes that run, by their ids. */
export function takers({ events }: NodeAPI): Map<string, Taker> {
  let takers = takersOf.get(events);
  if (!takers) {
    takers = new Map();
    takersOf.set(events, takers);
  }
  return takers;
}

/**
 * Passes results on to the nodes that the messages are of, by id: at once, or as soon as the flows run again after a
 * deploy. Where there is no such node any more, the log has them.
 */
export function recipientIn(RED: NodeAPI): Recipient {
  const running = takers(RED);
  const pass = (message: StoredMessage, end: End): boolean => {
    const taker = running.get(message.nodeId);
    try {
      taker?.ended(message, end);
    } catch (cause) {
      RED.log.error(
        `Connect Cases: the result of message ${idOf(message.msg as NodeMessage)} was not passed on: ${cause}`,
      );
    }
    return taker !== undefined;
  };
  return {
    doing: (nodeId, state) => running.get(nodeId)?.doing(state),
    ended(message, end) {
      if (running.has(message.nodeId)) {
        pass(message, end);
        return;
      }
      const { nodeId, msg } = message;
      const ending = { nodeId, messageId: idOf(msg as NodeMessage), outcome: outcomeOf(end) };
      return new Promise((passed) => {
        afterDeploy(RED, {
          ...ending,
          tell() {
            const told = pass(message, end);
            if (told) passed();
            return told;
          },
        });
      });
    },
  };
}

/** How a message has ended, as the log has it. */
function outcomeOf(end: End): string {
  if ('error' in end) return `${end.error.code}, created: ${end.error.created}`;
  if (!('delivered' in end)) return 'carried out';
  const { output } = end.delivered;
  return 'relatedItemArn' in output ? `created as ${output.relatedItemArn}` : 'carried out';
}
