import type { Node } from 'node-red';
import type { DeliveryState } from '../../delivery/delivery';
import type { CasesError } from '../../errors/errors';
import { statusLine } from '../status';
import { doneStatus, errorStatus, underWayStatus } from '../status-words';

export interface ItemStatus {
  /** A message came in. */
  begin(): void;
  /** A message has ended, well or with an error; also one that came in before a deploy. */
  end(error?: CasesError): void;
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
    },
    end(error) {
      underWay = Math.max(0, underWay - 1);
      const at = Date.now();
      if (underWay > 0) render();
      else line.show(() => (error ? errorStatus(error) : doneStatus(at)));
    },
    show(next) {
      state = next;
      render();
    },
    notConfigured: (problem) => line.show(() => errorStatus(problem)),
    close: () => line.close(),
  };
}
