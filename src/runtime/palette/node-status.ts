import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { DeliveryState } from '../../delivery/delivery';
import type { CasesError } from '../../errors/errors';
import { perNodeRed } from '../per-node-red';
import { errorStatus, type Status, underWayStatus } from '../status-words';

interface WorkStatus {
  /** A message came in. */
  begin(): void;
  /** A message has ended, well or with an error; also one that came in before a deploy. */
  end(status: Status): void;
  /** What the messages under way are doing; `failing` gives how the requests of their domain fail, where they do. */
  show(state: DeliveryState, failing: () => CasesError | undefined): void;
  /** No message can be sent as the domain is set up. */
  notConfigured(problem: CasesError): void;
  close(): void;
}

/** What nodes had under way when they closed, until the flows run again: it goes on where the domain node does. */
const leftBy = perNodeRed(({ events }) => {
  const byNode = new Map<string, { readonly domain: Node | null; readonly count: number }>();
  events.on('flows:started', () => byNode.clear());
  return byNode;
});

/** The status of a node of the palette: how many messages wait and why, else how the last one ended. */
export function workStatus(RED: NodeAPI, node: Node, domain: Node | null): WorkStatus {
  const line = statusLine(node);
  const left = leftBy(RED).get(node.id);
  let underWay = left?.domain === domain ? left.count : 0;
  let state: DeliveryState = 'sending';
  let failing: () => CasesError | undefined = () => undefined;

  const render = () => line.show(() => underWayStatus(state, underWay, failing()));
  if (underWay > 0) render();

  return {
    begin() {
      underWay += 1;
      render();
    },
    end(status) {
      underWay = Math.max(0, underWay - 1);
      if (underWay > 0) render();
      else line.show(status);
    },
    show(nextState, nextFailing) {
      state = nextState;
      failing = nextFailing;
      render();
    },
    notConfigured: (problem) => line.show(() => errorStatus(problem)),
    close() {
      if (underWay > 0) leftBy(RED).set(node.id, { domain, count: underWay });
      line.close();
    },
  };
}

/** Milliseconds between two changes of a node's status: the editor need not follow each message. */
const interval = 250;

interface StatusLine {
  /** Shows what `status` gives, at once, or as soon as the last change is old enough; only the latest counts. */
  show(status: () => NodeStatus): void;
  /** Clears the status and shows nothing more. */
  close(): void;
}

/** The status of one node, changed no more often than a person can read. */
function statusLine(node: Node): StatusLine {
  let next: (() => NodeStatus) | undefined;
  let shown: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const flush = () => {
    timer = undefined;
    if (!next) return;
    const status = next();
    next = undefined;
    // A message that is sent again and again does what it did.
    if (status.text !== shown) node.status(status);
    shown = status.text;
    timer = setTimeout(flush, interval).unref();
  };

  return {
    show(status) {
      if (closed) return;
      next = status;
      if (!timer) flush();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      node.status({});
    },
  };
}
