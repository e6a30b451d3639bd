import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Node, NodeAPI } from 'node-red';
import { CasesError } from '../errors';
import { type CredentialsConfig, credentialProvider, type Secrets } from './credentials';

/** A credentials config node at run time. */
export interface CredentialsNode extends Node<Secrets> {
  /** Keys for requests to `region`. Throws `CREDENTIALS` or `NOT_CONFIGURED` where something is blank. */
  provider(region: string): AwsCredentialIdentityProvider;
}

export function startCredentials(_RED: NodeAPI, node: CredentialsNode, config: CredentialsConfig): void {
  node.provider = (region) => credentialProvider(config, node.credentials ?? {}, region);
}

/** The credentials node with this id. Throws `NOT_CONFIGURED` where none is set or it is not deployed. */
export function findCredentials(RED: NodeAPI, id: string | undefined): CredentialsNode {
  const node = id ? (RED.nodes.getNode(id) as CredentialsNode | null) : null;
  if (typeof node?.provider === 'function') return node;
  throw new CasesError(
    'NOT_CONFIGURED',
    id
      ? 'The credentials node of the domain node was deleted or is disabled. Choose another one and deploy.'
      : 'The domain node has no credentials node. Open it, choose one and deploy.',
    { field: 'auth' },
  );
}
