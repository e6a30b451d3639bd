import dns from 'node:dns';
import { regionOfHost } from '../../common/hosts';
import { type CasesError, explained } from '../../errors/errors';
import { because } from '../../errors/reasons';

/** Hosts that every name server knows that can ask others. */
const wellKnown = ['sts.amazonaws.com', 'cases.us-east-1.amazonaws.com'];
/** A name server that can't ask others may take long to say so. */
const patienceMs = 2_000;

/**
 * Why a host whose name is not known can't be meant: other names are known, so there is none of that name.
 * Undefined where no name is known, as without a network.
 */
export async function unknownHost(host: string): Promise<CasesError | undefined> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, patienceMs, false).unref());
  const known = await Promise.race([Promise.any(wellKnown.map(resolved)).catch(() => false), late]);
  if (!known) return undefined;
  const region = regionOfHost(host);
  return region === undefined
    ? explained('NOT_CONFIGURED', because('noHost', { host }), { field: 'endpoint' })
    : explained('NOT_CONFIGURED', because('noHostInRegion', { host, region }), { field: 'region' });
}

const resolved = (host: string): Promise<true> =>
  new Promise((resolve, reject) => {
    dns.lookup(host, (error) => (error ? reject(error) : resolve(true)));
  });
