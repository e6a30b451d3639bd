import type { MiddlewareHandler } from 'hono';
import { ServiceError } from './errors';

const loopbackName = /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Keeps other websites' pages from reaching the service through the user's browser: by a name that was made to
 * point here (DNS rebinding), or by a request across origins.
 */
export function guard(loopbackOnly: boolean): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? '';
    if (loopbackOnly && !loopbackName.test(host)) {
      throw refused(
        `This service listens on loopback and answers to localhost or 127.0.0.1, not to '${host.slice(0, 100)}'. ` +
          'Start it with --host and --allow-remote to serve other names.',
      );
    }
    const origin = context.req.header('origin');
    if (origin !== undefined && !sameHost(origin, host)) {
      throw refused('Pages of other origins may not use this service.');
    }
    return next();
  };
}

const sameHost = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === host.toLowerCase();

const refused = (message: string) => new ServiceError('AccessDeniedException', message);
