import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { Delivered, DeliveryState } from '../../delivery/delivery';
import { CasesError } from '../../errors/errors';
import { statusLine } from '../status';

export interface ItemStatus {
  /** A message came in; the returned function is told how it ended. */
  begin(): (outcome: Delivered | CasesError) => void;
  /** What the messages under way are doing. */
  show(state: DeliveryState): void;
  /** No message can be sent as the domain is set up. */
  notConfigured(problem: CasesError): void;
  close(): void;
}

/** The status of an item node: how many messages wait and why, else how the last one ended. */
export function itemStatus(RED: NodeAPI, node: Node): ItemStatus {
  const line = statusLine(node);
  let underWay = 0;
  let state: DeliveryState = 'sending';

  const render = () => line.show(() => underWayStatus(RED, state, underWay));

  return {
    begin() {
      underWay += 1;
      render();
      return (outcome) => {
        underWay -= 1;
        if (underWay > 0) render();
        else line.show(() => endStatus(outcome));
      };
    },
    show(next) {
      state = next;
      render();
    },
    notConfigured: (problem) =>
      line.show(() =>
        problem.details.field === 'domain'
          ? { fill: 'red', shape: 'ring', text: 'status.notConfigured' }
          : endStatus(problem),
      ),
    close: () => line.close(),
  };
}

/** The editor translates a text that is a key; one with a count is translated here. */
function underWayStatus(RED: NodeAPI, state: DeliveryState, underWay: number): NodeStatus {
  if (state === 'throttled' || state === 'offline') {
    return { fill: 'yellow', shape: 'ring', text: `status.${state}` };
  }
  return underWay > 1
    ? { fill: 'blue', shape: 'ring', text: RED._('status.waiting', { count: underWay }) }
    : { fill: 'blue', shape: 'dot', text: 'status.sending' };
}

/** The last characters of an item's id tell items apart, and fit. */
const endStatus = (outcome: Delivered | CasesError): NodeStatus =>
  outcome instanceof CasesError
    ? { fill: 'red', shape: 'ring', text: outcome.code }
    : { fill: 'green', shape: 'dot', text: `…${outcome.relatedItemId.slice(-12)}` };
