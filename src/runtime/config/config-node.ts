import type { Node, NodeAPI } from 'node-red';
import { nodeType } from '../../definition/node-type';
import { CasesError } from '../../errors/errors';

/** Where each config node is chosen, in words, and in which property. */
const chosenIn = {
  domain: { node: 'node', field: 'domain' },
  credentials: { node: 'domain node', field: 'auth' },
} as const;

/** The config node with this id, as it runs. Throws `NOT_CONFIGURED` where none is set or it is not deployed. */
export function findConfigNode<Found extends Node>(
  RED: NodeAPI,
  base: keyof typeof chosenIn,
  id: string | undefined,
): Found {
  const found = id ? RED.nodes.getNode(id) : null;
  if (found?.type === nodeType(base)) return found as Found;
  const { node, field } = chosenIn[base];
  const text = id
    ? `The ${base} node that the ${node} names was deleted or is disabled. Choose another one and deploy.`
    : `The ${node} has no ${base} node. Open it, choose one and deploy.`;
  throw new CasesError('NOT_CONFIGURED', text, { field });
}
