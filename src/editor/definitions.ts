import { configNodes } from '../../nodes/config';
import { palette } from '../../nodes/palette';
import { relatedItems } from '../../nodes/related-items';
import { reporters } from '../../nodes/reporters';
import type { Action } from '../definition/action';
import type { ConfigNode } from '../definition/config-node';
import type { Fields } from '../definition/field';
import { nodeType } from '../definition/node-type';
import type { RelatedItem } from '../definition/related-item';

/** The definition of an item node by its type in the palette; undefined for all others. */
export const itemOf = (type: string): RelatedItem | undefined =>
  Object.values(relatedItems).find((item) => nodeType(item.base) === type);

/** What a node of the palette does, by its type; undefined for all others. */
export const actionOf = (type: string): Action | undefined =>
  palette.find(({ base }) => nodeType(base) === type);

/** The definition of a config node by its type. */
export const configNodeOf = (type: string): ConfigNode | undefined =>
  configNodes.find((node) => nodeType(node.base) === type);

const fieldsByType: Readonly<Record<string, Fields>> = Object.fromEntries(
  [...configNodes, ...palette, ...reporters].map(({ base, fields }) => [nodeType(base), fields]),
);

/** Our node types. */
export const types = Object.keys(fieldsByType);

/** The properties of a node by its type; none for a type that is not ours. */
export const fieldsOf = (type: string): Fields => fieldsByType[type] ?? {};
