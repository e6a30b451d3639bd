import type { Node, NodeAPI } from 'node-red';
import { nodeType } from '../../definition/node-type';
import { explained } from '../../errors/errors';
import { because } from '../../errors/reasons';

/** Where each config node is chosen, in words, in which property, and why nothing can be done without it. */
const chosenIn = {
  domain: { node: 'node', field: 'domain', reason: because('noDomain') },
  credentials: { node: 'domain node', field: 'auth', reason: because('noCredentials') },
} as const;

/** The config node with this id, as it runs. Throws `NOT_CONFIGURED` where none is set or it is not deployed. */
export function findConfigNode<Found extends Node>(
  RED: NodeAPI,
  base: keyof typeof chosenIn,
  id: string | undefined,
): Found {
  const found = id ? RED.nodes.getNode(id) : null;
  if (found?.type === nodeType(base)) return found as Found;
  const { node, field, reason } = chosenIn[base];
  const text = id
    ? `The ${base} node that the ${node} names was deleted or is disabled. Choose another one and deploy.`
    : `The ${node} has no ${base} node. Open it, choose one and deploy.`;
  throw explained('NOT_CONFIGURED', reason, { field }, text);
}
