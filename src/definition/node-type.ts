import { name } from '../../package.json';

/** `connect-cases-comment` for `comment`. */
export const nodeType = (base: string): string => `connect-cases-${base}`;

/** Base name of the node whose catalogue has the texts that all nodes share. */
export const sharedBase = 'credentials';

/** Namespace of a node's catalogue in the editor. */
export const catalogueOf = (base: string): string => `${name}/${base}`;

/** Namespace of the texts that all nodes share. */
export const sharedCatalogue = catalogueOf(sharedBase);
