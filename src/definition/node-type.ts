import { name } from '../../package.json';

/** `connect-cases-comment` for `comment`. */
export const nodeType = (base: string): string => `connect-cases-${base}`;

/** Base name of the node whose catalogue has the texts that all nodes share. */
export const sharedBase = 'credentials';

/** Namespace of that catalogue in the editor. */
export const sharedCatalogue = `${name}/${sharedBase}`;
