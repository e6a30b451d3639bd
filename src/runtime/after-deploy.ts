import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import { untold } from './untold';

/** How a message has ended whose node was closed meanwhile. */
export interface Ending {
  readonly nodeId: string;
  readonly messageId: string;
  /** What the log says of it where no node can be told. */
  readonly outcome: string;
  /** Tells the node that has the closed one's id now; false where that is none that can be told. */
  tell(heir: Node): unknown;
}

/** What waits until the flows run again; there while they do not. One listener for all nodes that were closed. */
const waiting = new WeakMap<NodeAPI['events'], Ending[]>();
/** Nodes told in one go where many are; the event loop has a turn in between. */
const atOnce = 100;

/** A node is closing, so flows are being stopped: none of their nodes gets a message until they run again. */
export function flowsStop(RED: NodeAPI): void {
  const { events } = RED;
  if (waiting.has(events)) return;
  const endings: Ending[] = [];
  waiting.set(events, endings);
  // A stop that is part of a deploy is followed by a start; after any other the process may end.
  const onState = ({ id, payload }: { id: string; payload?: { state?: string; deploy?: boolean } }) => {
    if (id !== 'runtime-state' || payload?.state !== 'stop' || payload.deploy) return;
    for (const ending of endings.splice(0)) untold(RED).add(ending);
    untold(RED).say();
  };
  events.on('runtime-event', onState);
  events.once('flows:started', async () => {
    events.off('runtime-event', onState);
    waiting.delete(events);
    for (const [index, ending] of endings.entries()) {
      tell(RED, ending);
      if (index % atOnce === atOnce - 1) await nextTurn();
    }
    untold(RED).say();
  });
}

/** Tells the node that took the place of a closed one, as soon as the flows run again; the log where there is none. */
export function afterDeploy(RED: NodeAPI, ending: Ending): void {
  const endings = waiting.get(RED.events);
  if (endings) endings.push(ending);
  else tell(RED, ending);
}

function tell(RED: NodeAPI, ending: Ending): void {
  const heir = RED.nodes.getNode(ending.nodeId) as Node | null;
  if (!heir || ending.tell(heir) === false) untold(RED).add(ending);
}
