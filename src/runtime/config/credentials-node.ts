import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Node, NodeAPI } from 'node-red';
import type { CredentialsConfig, Secrets } from '../../definition/stored-config';
import { credentialProvider } from './credentials';

/** A credentials config node at run time. */
export interface CredentialsNode extends Node<Secrets> {
  /**
   * Keys for requests to `region`, or why there are none after `timeoutMs`. Throws `CREDENTIALS` or `NOT_CONFIGURED`
   * where something is blank.
   */
  provider(region: string, timeoutMs: number): AwsCredentialIdentityProvider;
}

export function startCredentials(_RED: NodeAPI, node: CredentialsNode, config: CredentialsConfig): void {
  node.provider = (region, timeoutMs) =>
    credentialProvider(config, node.credentials ?? {}, region, timeoutMs);
}
