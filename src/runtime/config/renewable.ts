import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { fetchingKeys } from '../../delivery/service/network-errors';
import { CasesError } from '../../errors/errors';
import { checkEndpointVariable } from './environment';
import { metadataUnreachable, type WatchedHandler } from './key-services';

/** Services that the SDK asks for keys, by the names of their endpoints' variables. */
const keyServices = ['STS', 'SSO', 'SSO_OIDC', 'SIGNIN'];

/** After so many time-outs what gives the keys, such as a program that hangs, is asked anew. */
const mostTimeouts = 30;

/**
 * A provider that is made anew when keys have to be renewed or could not be had, with nothing of what the SDK remembers
 * of files and of other keys. Where nobody could be reached, that is an error of the connection, and after `timeoutMs`.
 */
export function renewable(
  make: () => AwsCredentialIdentityProvider,
  handler: WatchedHandler,
  timeoutMs: number,
): AwsCredentialIdentityProvider {
  let provider = make();
  return async (options) => {
    if (options?.forceRefresh) provider = make();
    handler.forget();
    try {
      return inOurTime(await unlessUnreachable(provider(options), handler, timeoutMs), handler.clockOffset());
    } catch (thrown) {
      provider = make();
      if (thrown instanceof CasesError) throw thrown;
      for (const service of keyServices) checkEndpointVariable(service);
      const why = handler.unreachable() ?? (await metadataUnreachable(thrown)) ?? thrown;
      throw why instanceof Error ? Object.assign(why, { [fetchingKeys]: true }) : why;
    }
  };
}

/** What `keys` gives, unless a request is still without an answer after that time, or nothing comes for far longer. */
function unlessUnreachable<Keys>(
  keys: Promise<Keys>,
  { unreachable }: WatchedHandler,
  timeoutMs: number,
): Promise<Keys> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const failed = unreachable();
      if (failed) reject(failed);
    }, timeoutMs);
    // The SDK asks nobody else as long as it waits.
    const last = setTimeout(reject, mostTimeouts * timeoutMs, new Error('none came.')).unref();
    keys.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      clearTimeout(last);
    });
  });
}

/** Keys that expire by this machine's clock, which may be wrong: by the service's they would seem to have expired, or not to. */
function inOurTime(keys: AwsCredentialIdentity, offsetMs: number): AwsCredentialIdentity {
  if (keys.expiration === undefined || offsetMs === 0) return keys;
  return { ...keys, expiration: new Date(keys.expiration.getTime() - offsetMs) };
}
