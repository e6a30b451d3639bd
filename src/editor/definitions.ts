import { credentials } from '../../nodes/config/credentials';
import { domain } from '../../nodes/config/domain';
import { relatedItems } from '../../nodes/related-items';
import { type ConfigNode, nodeType, type RelatedItem } from '../definition/definition';

/** The definition of an item node by its type in the palette; undefined for config nodes. */
export const itemOf = (type: string): RelatedItem | undefined =>
  Object.values(relatedItems).find((item) => nodeType(item.base) === type);

/** The definition of a config node by its type. */
export const configNodeOf = (type: string): ConfigNode | undefined =>
  [credentials, domain].find((node) => nodeType(node.base) === type);
