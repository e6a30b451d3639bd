import type { RelatedItemType } from '@aws-sdk/client-connectcases';
import { permissionsOf } from '../../definition/action';
import type { FlowNeeds } from '../../definition/look-up-protocol';
import { actionOf, itemOf } from '../definitions';
import { currentValue, domainOf } from '../form/form';
import type { PolicyNeeds } from '../form/policy';
import { domainsOf, uses } from './account';

/** The nodes of the palette that use a config node, as their open forms have it. */
function nodesUsing(config: EditorNode): EditorNode[] {
  const domains = domainsOf(config);
  const found: EditorNode[] = [];
  RED.nodes.eachNode((node) => {
    const usesIt = (domain: EditorNode) => domainOf(node)?.id === domain.id || uses(node, 'domain', domain);
    if (actionOf(node.type) && domains.some(usesIt)) found.push(node);
  });
  return found;
}

const typesOf = (nodes: readonly EditorNode[]): RelatedItemType[] =>
  [...new Set(nodes.flatMap(({ type }) => itemOf(type)?.type ?? []))].sort();

/** Whether items are searched for: after a lost answer, or before one is added that may be there. */
const looksItemsUp = (domains: readonly EditorNode[], nodes: readonly EditorNode[]): boolean =>
  domains.length === 0 ||
  domains.some((domain) => currentValue(domain, 'ambiguous') === 'verify') ||
  nodes.some((node) => currentValue(node, 'repeat') === 'keep');

/** The IAM actions that a node needs, as its form or the flow has it. */
function actionsOf(node: EditorNode): readonly string[] {
  const action = actionOf(node.type);
  if (!action) return [];
  const names = Object.keys(action.fields);
  return permissionsOf(action, Object.fromEntries(names.map((name) => [name, currentValue(node, name)])));
}

/** What of a flow decides which policy the credentials of a config node take. */
export function policyNeeds(config: EditorNode): PolicyNeeds {
  const domains = domainsOf(config);
  const nodes = nodesUsing(config);
  const text = (domain: EditorNode | undefined, name: string) =>
    String((domain && currentValue(domain, name)) ?? '');
  return {
    domains: (domains.length > 0 ? domains : [undefined]).map((domain) => ({
      region: text(domain, 'region'),
      domainId: text(domain, 'domainId'),
    })),
    types: typesOf(nodes),
    caseActions: [...new Set(nodes.filter(({ type }) => !itemOf(type)).flatMap(actionsOf))],
    looksItemsUp: looksItemsUp(domains, nodes),
    namesUsers: [...domains, ...nodes].some((node) => currentValue(node, 'performedByKind') === 'userArn'),
  };
}

/** What a connection test tries for a config node: what its nodes need, or a comment where there are none yet. */
export function flowNeeds(config: EditorNode): FlowNeeds {
  const nodes = nodesUsing(config);
  const operations = nodes
    .flatMap(actionsOf)
    .flatMap((action) => (action.startsWith('cases:') ? action.slice('cases:'.length) : []));
  const search = looksItemsUp(domainsOf(config), nodes) ? ['SearchRelatedItems'] : [];
  return {
    operations: [...new Set([...operations, ...search])],
    types: nodes.length === 0 ? ['Comment'] : typesOf(nodes),
  };
}
