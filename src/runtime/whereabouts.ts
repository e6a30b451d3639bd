import type { NodeAPI } from 'node-red';
import { perNodeRed } from './per-node-red';

/** Whether a node is part of the flows, running or not: by itself, or in a subflow's instance, whose id begins its own. */
export function isConfigured(RED: NodeAPI, nodeId: string): boolean {
  const ids = configuredIds(RED)();
  for (let end = nodeId.length; end > 0; end = nodeId.lastIndexOf('-', end - 1)) {
    if (ids.has(nodeId.slice(0, end))) return true;
  }
  return false;
}

/** A test for ids: that of a node, and those of what instances of its subflow have in its place, which end so. */
export function madeOf(RED: NodeAPI, id: string): (nodeId: string) => boolean {
  const ids = configuredIds(RED)();
  return (nodeId) => nodeId === id || (nodeId.endsWith(`-${id}`) && !ids.has(nodeId));
}

/** Gives the ids of all nodes of the flows, of those that are disabled, too; listed once for each deploy. */
const configuredIds = perNodeRed(({ events, nodes }) => {
  let ids: Set<string> | undefined;
  for (const event of ['flows:stopping', 'flows:starting']) events.on(event, () => (ids = undefined));
  return (): ReadonlySet<string> => {
    if (!ids) {
      ids = new Set();
      nodes.eachNode(({ id }) => void ids?.add(id));
    }
    return ids;
  };
});
