import { credentials } from './credentials';
import { domain } from './domain';

/** Every config node. */
export const configNodes = [credentials, domain] as const;
