import type { IncomingHttpHeaders } from 'node:http';
import { isSameHost } from '../../common/hosts';
import { ServiceError } from '../model/errors';

/** Whether a `Host` header names this machine, so that no other name was made to point here (DNS rebinding). */
export const isLoopbackName = (host: string): boolean =>
  /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);

/**
 * Keeps other websites' pages from reaching the service through the user's browser: by a name that was made to
 * point here (DNS rebinding), or by a request across origins. Throws for those.
 */
export function requireFriendly({ host = '', origin }: IncomingHttpHeaders, loopbackOnly: boolean): void {
  if (loopbackOnly && !isLoopbackName(host)) {
    throw refused(
      `This service listens on loopback and answers to localhost or 127.0.0.1, not to '${host.slice(0, 100)}'. ` +
        'Start it with --host and --allow-remote to serve other names.',
    );
  }
  if (origin !== undefined && !isSameHost(origin, host)) {
    throw refused('Pages of other origins may not use this service.');
  }
}

const refused = (message: string) => new ServiceError('AccessDeniedException', message);
