import type { Node, NodeStatus } from 'node-red';
import { type StatusWords, writeStatus } from '../../definition/status';
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
export function itemStatus(node: Node): ItemStatus {
  const line = statusLine(node);
  let underWay = 0;
  let state: DeliveryState = 'sending';

  const render = () => line.show(() => underWayStatus(state, underWay));

  return {
    begin() {
      underWay += 1;
      render();
      return (outcome) => {
        underWay -= 1;
        const at = Date.now();
        if (underWay > 0) render();
        else line.show(() => (outcome instanceof CasesError ? errorStatus(outcome) : doneStatus(at)));
      };
    },
    show(next) {
      state = next;
      render();
    },
    notConfigured: (problem) =>
      line.show(() =>
        problem.details.field === 'domain' ? status('red', 'ring', 'notConfigured') : errorStatus(problem),
      ),
    close: () => line.close(),
  };
}

const status = (
  fill: NodeStatus['fill'],
  shape: NodeStatus['shape'],
  name: string,
  params?: StatusWords['params'],
): NodeStatus =>
  ({ fill, shape, text: writeStatus({ key: `status.${name}`, ...(params && { params }) }) }) as NodeStatus;

function underWayStatus(state: DeliveryState, count: number): NodeStatus {
  if (state === 'throttled' || state === 'offline') return status('yellow', 'ring', state, { count });
  return count > 1 ? status('blue', 'ring', 'waiting', { count }) : status('blue', 'dot', 'sending');
}

/** What was made, which the editor knows by the node's type, and when, in milliseconds since 1970. */
const doneStatus = (at: number): NodeStatus => status('green', 'dot', 'done', { at });

/** The error's code in words; of what is not found, what it was. */
function errorStatus({ code, details: { resourceType } }: CasesError): NodeStatus {
  const what = code === 'NOT_FOUND' && (resourceType === 'Case' || resourceType === 'Domain');
  return status('red', 'ring', what ? `${code}_${resourceType}` : code);
}
