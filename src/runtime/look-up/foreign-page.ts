import type { Request } from 'express';
import { isSameHost } from '../../common/hosts';
import { because, type Reason } from '../../errors/reasons';

/** An answer to what a page of another website may have sent through the user's browser. */
interface Refusal {
  readonly status: 403 | 415;
  readonly reason: Reason;
}

/**
 * Refusal of a request that does not come from the editor's own page; undefined for one that does, and for one of a
 * program, which names no origin. A form can't send JSON, and Node-RED 4 lets every website's scripts do so (CORS).
 */
export function refusalOf(request: Request): Refusal | undefined {
  if (!request.is('application/json')) {
    return { status: 415, reason: because('http', { status: 415 }) };
  }
  if (isOwnPage(request)) return undefined;
  return { status: 403, reason: because('otherOrigin') };
}

/**
 * Whether a request comes from the editor's own page, or from a program, which names no origin. Browsers say whether a
 * page is of the same origin as what it asks, also where a reverse proxy changes the host, but not over plain HTTP.
 */
export function isOwnPage(request: Request): boolean {
  const origin = request.get('origin');
  if (origin === undefined) return true;
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const hosts = [request.get('host'), request.get('x-forwarded-host')?.split(',')[0]];
  return hosts.some((host) => host !== undefined && isSameHost(origin, host));
}
