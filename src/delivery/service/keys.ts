import type { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import type { AwsCredentialIdentityProvider, HttpRequest } from '@smithy/types';
import { fetchingKeys } from './network-errors';

/** The keys that signed a request: their id and the session token. */
const keysOf = ({ headers }: HttpRequest): string =>
  named(/Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1], headers['x-amz-security-token']);

const named = (accessKeyId = '', sessionToken = ''): string => `${accessKeyId} ${sessionToken}`;

/** Reads the keys again for the next attempt; tells whether they are others than those that signed what was refused. */
export async function haveNewKeys(
  client: ConnectCasesClient,
  refused: HttpRequest | undefined,
): Promise<boolean> {
  const provider: AwsCredentialIdentityProvider = client.config.credentials;
  const keys = await provider({ forceRefresh: true }).catch(() => undefined);
  return keys !== undefined && named(keys.accessKeyId, keys.sessionToken) !== (refused && keysOf(refused));
}

/** An error for what was not sent after so long: nothing but the fetching of keys takes time before that. */
export const noKeysIn = (seconds: number): Error =>
  Object.assign(new Error(`none came within ${seconds} s.`), { [fetchingKeys]: true });
