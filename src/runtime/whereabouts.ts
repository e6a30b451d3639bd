import type { NodeAPI } from 'node-red';

/** Whether a node is part of the flows, running or not; for many ids see `configuredIds`. */
export const isConfigured = (RED: NodeAPI, nodeId: string): boolean => contains(configuredIds(RED), nodeId);

/** The ids of all nodes of the flows, of those that are disabled, too. */
export function configuredIds(RED: NodeAPI): ReadonlySet<string> {
  const ids = new Set<string>();
  RED.nodes.eachNode(({ id }) => void ids.add(id));
  return ids;
}

/** Whether a node is among them, by itself or as part of a subflow's instance, whose id then begins that of the node. */
export function contains(ids: ReadonlySet<string>, nodeId: string): boolean {
  for (let end = nodeId.length; end > 0; end = nodeId.lastIndexOf('-', end - 1)) {
    if (ids.has(nodeId.slice(0, end))) return true;
  }
  return false;
}
