import { nodeType } from '../../definition/node-type';
import { fieldsOf } from '../definitions';
import { inputOf } from './form';

/** Nodes that were added to the workspace and whose form was not yet closed with Done. */
const added = new Set<string>();

/** A node that was just added takes the only domain that there is. */
export function add(node: EditorNode): void {
  if (node.domain) return;
  added.add(node.id);
  node.domain = onlyDomain();
}

/** A node that was added before the only domain takes that when it is opened. */
export function proposeDomain(node: EditorNode): void {
  const select = inputOf(node, 'domain');
  if (isFresh(node) && !RED.nodes.node(String(select.val())) && onlyDomain()) select.val(onlyDomain());
}

/** The id of the only domain that there is for all flows; blank where there is none, or several. */
function onlyDomain(): string {
  const ids: string[] = [];
  RED.nodes.eachConfig(({ type, z, id }) => {
    if (type === nodeType('domain') && !z) ids.push(id);
  });
  return ids.length === 1 ? String(ids[0]) : '';
}

/** Whether nobody has yet said what this node is to do. */
export const isFresh = (node: EditorNode): boolean =>
  added.has(node.id) || (!('domain' in fieldsOf(node.type)) && !RED.nodes.node(node.id));

/** The form was closed with Done. */
export const settle = (node: EditorNode): boolean => added.delete(node.id);
