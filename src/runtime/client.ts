import { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { requestHandlerFor } from './request-handler';
import type { Location } from './settings';

/** Name and version of this package in the `User-Agent` of each request; the build puts the version in. */
declare const PACKAGE_VERSION: string | undefined;
const version = typeof PACKAGE_VERSION === 'string' ? PACKAGE_VERSION : 'dev';

/**
 * The SDK's client for one domain node, which owns it and destroys it. It sends each request once:
 * whether it may be sent again is for delivery to decide.
 */
export function createClient(
  location: Location,
  credentials: AwsCredentialIdentityProvider,
  timeoutSeconds: number,
): ConnectCasesClient {
  const { region, endpoint, fips, dualStack } = location;
  return new ConnectCasesClient({
    region,
    credentials,
    maxAttempts: 1,
    retryMode: 'standard',
    useFipsEndpoint: fips,
    useDualstackEndpoint: dualStack,
    customUserAgent: [['node-red-connect-cases', version]],
    requestHandler: requestHandlerFor(
      endpoint ?? `https://cases.${region}.amazonaws.com`,
      timeoutSeconds * 1000,
    ),
    ...(endpoint && { endpoint }),
  });
}
