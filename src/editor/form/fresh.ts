import { fieldsOf } from '../definitions';

/** Nodes that were added to the workspace and whose form was not yet closed with Done. */
const added = new Set<string>();

/** A node that was just added takes the only domain that there is. */
export function add(node: EditorNode): void {
  if (node.domain) return;
  added.add(node.id);
  const domains: EditorNode[] = [];
  RED.nodes.eachConfig((config) => {
    if (config.type === 'connect-cases-domain' && !config.z) domains.push(config);
  });
  if (domains.length === 1 && domains[0]) node.domain = domains[0].id;
}

/** Whether nobody has yet said what this node is to do. */
export const isFresh = (node: EditorNode): boolean =>
  added.has(node.id) || (!('domain' in fieldsOf(node.type)) && !RED.nodes.node(node.id));

/** The form was closed with Done. */
export const settle = (node: EditorNode): boolean => added.delete(node.id);
