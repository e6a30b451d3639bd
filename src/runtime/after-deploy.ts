import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';

/** Takes the node that now has an id, or nothing where there is none any more. */
type Task = (heir: Node | null) => void;

/** What waits until the flows run again; there while they do not. One listener for all nodes that were closed. */
const waiting = new WeakMap<NodeAPI['events'], { readonly id: string; readonly task: Task }[]>();
/** Tasks done in one go where many are; the event loop has a turn in between. */
const atOnce = 100;

/** A node is closing, so flows are being stopped: none of their nodes gets a message until they run again. */
export function flowsStop({ nodes, events }: NodeAPI): void {
  if (waiting.has(events)) return;
  const tasks: { id: string; task: Task }[] = [];
  waiting.set(events, tasks);
  events.once('flows:started', async () => {
    waiting.delete(events);
    for (const [index, { id, task }] of tasks.entries()) {
      task(nodes.getNode(id));
      if (index % atOnce === atOnce - 1) await nextTurn();
    }
  });
}

/** Runs `task` with the node that took the place of a closed one, as soon as the flows run again. */
export function afterDeploy({ nodes, events }: NodeAPI, id: string, task: Task): void {
  const tasks = waiting.get(events);
  if (tasks) tasks.push({ id, task });
  else task(nodes.getNode(id));
}
