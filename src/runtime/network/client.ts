import { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import type { AwsCredentialIdentityProvider, RetryStrategy } from '@smithy/types';
import type { Location } from '../config/settings';
import { requestHandler } from './request-handler';
import { noteSigningTime } from './signing-time';

/** Name and version of this package in the `User-Agent` of each request; the build puts the version in. */
declare const PACKAGE_VERSION: string | undefined;
const version = typeof PACKAGE_VERSION === 'string' ? PACKAGE_VERSION : 'dev';

/** Each request is sent once: whether it may be sent again is for delivery to decide. */
const once: RetryStrategy = { retry: (send, request) => send(request) };

/**
 * The SDK's client for one domain node, which owns it and destroys it. What is the same for all requests is
 * made once: the chain of middleware (unless a request is sent with options of its own) and the signer.
 */
export function createClient(
  location: Location,
  credentials: AwsCredentialIdentityProvider,
  timeoutSeconds: number,
): ConnectCasesClient {
  const { region, endpoint, fips, dualStack } = location;
  const client = new ConnectCasesClient({
    region,
    credentials,
    maxAttempts: 1,
    retryStrategy: once,
    cacheMiddleware: true,
    useFipsEndpoint: fips,
    useDualstackEndpoint: dualStack,
    customUserAgent: [['node-red-connect-cases', version]],
    requestHandler: requestHandler(timeoutSeconds * 1000),
    ...(endpoint && { endpoint }),
  });
  client.middlewareStack.use(noteSigningTime());
  const { config } = client;
  const makeSigner = config.signer;
  let signer: ReturnType<typeof makeSigner> | undefined;
  config.signer = () => {
    signer ??= makeSigner();
    return signer;
  };
  return client;
}
