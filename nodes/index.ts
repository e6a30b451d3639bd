import type { Node, NodeAPI } from 'node-red';
import type { RelatedItem } from '../src/definition/related-item';
import { startCaseNode } from '../src/runtime/cases/case-node';
import { type CredentialsNode, startCredentials } from '../src/runtime/config/credentials-node';
import { type DomainNode, startDomain } from '../src/runtime/config/domain-node';
import { startItem } from '../src/runtime/item/item-node';
import { caseActions } from './cases';
import { relatedItems } from './related-items';

export { answerLookUp } from '../src/runtime/look-up';
export { answerOverview } from '../src/runtime/overview';

/** Gives life to a node that Node-RED has just created; called by the stubs in dist/nodes. */
export function start(RED: NodeAPI, node: Node, config: never, base: string): void {
  switch (base) {
    case 'credentials':
      startCredentials(RED, node as CredentialsNode, config);
      break;
    case 'domain':
      startDomain(RED, node as DomainNode, config);
      break;
    default:
      startPaletteNode(RED, node, config, base);
  }
}

function startPaletteNode(RED: NodeAPI, node: Node, config: never, base: string): void {
  const action = caseActions.find((candidate) => candidate.base === base);
  if (action) startCaseNode(RED, node, config, action);
  else startItem(RED, node, config, itemOf(base));
}

function itemOf(base: string): RelatedItem {
  const item = Object.values(relatedItems).find((candidate) => candidate.base === base);
  if (item) return item;
  throw new Error(`There is no node type "${base}".`);
}
