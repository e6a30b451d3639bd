import type { Node, NodeAPI } from 'node-red';
import { type CredentialsNode, startCredentials } from '../src/runtime/config/credentials';
import { type DomainNode, startDomain } from '../src/runtime/config/domain-node';
import { startStatusNode } from '../src/runtime/overview/status-node';
import { startPaletteNode } from '../src/runtime/palette/palette-node';
import { palette } from './palette';
import { works } from './works';

export { answerLookUp } from '../src/runtime/look-up';
export { answerOverview } from '../src/runtime/overview';
export { answerMetrics } from '../src/runtime/overview/metrics';

/** Gives life to a node that Node-RED has just created; called by the stubs in dist/nodes. */
export function start(RED: NodeAPI, node: Node, config: never, base: string): void {
  switch (base) {
    case 'credentials':
      startCredentials(node as CredentialsNode, config);
      break;
    case 'domain':
      startDomain(RED, node as DomainNode, config, works);
      break;
    case 'status':
      startStatusNode(RED, node, config);
      break;
    default:
      startPaletteNode(RED, node, config, ofBase(palette, base), ofBase(works, base));
  }
}

function ofBase<Kind extends { readonly base: string }>(kinds: readonly Kind[], base: string): Kind {
  const kind = kinds.find((candidate) => candidate.base === base);
  if (kind) return kind;
  throw new Error(`There is no node type "${base}".`);
}
