import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { getProxyForUrl } from 'proxy-from-env';
import { ProxyAgent } from './proxy-agent';

type Handle = NodeHttpHandler['handle'];
type Handler = Pick<
  NodeHttpHandler,
  'handle' | 'destroy' | 'metadata' | 'updateHttpClientConfig' | 'httpHandlerConfigs'
>;

/** Connections that one client keeps open at most; more than the quota of any account can use. */
const maxSockets = 64;

/**
 * Sends the SDK's requests over connections that are kept open, through the proxy of `HTTPS_PROXY` unless
 * `NO_PROXY` leaves the host out. Which host that is shows only in the request, since the SDK takes endpoints
 * from environment and profile, too. `timeoutMs` is for one request, answer included.
 */
export function requestHandler(timeoutMs: number): Handler {
  const handlers = new Map<string, NodeHttpHandler>();
  const handlerFor = ({ protocol, hostname, port }: Parameters<Handle>[0]): NodeHttpHandler => {
    const origin = `${protocol}//${hostname}${port ? `:${port}` : ''}`;
    const handler = handlers.get(origin) ?? handlerThrough(getProxyForUrl(origin), timeoutMs);
    handlers.set(origin, handler);
    return handler;
  };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: (request, options) => handlerFor(request).handle(request, options),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => {
      for (const handler of handlers.values()) handler.destroy();
    },
  };
}

function handlerThrough(proxy: string, timeoutMs: number): NodeHttpHandler {
  const keepAlive = { keepAlive: true, maxSockets };
  return new NodeHttpHandler({
    connectionTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    throwOnRequestTimeout: true,
    socketAcquisitionWarningTimeout: 0,
    ...(proxy
      ? {
          httpAgent: new ProxyAgent(proxy, keepAlive) as unknown as HttpAgent,
          httpsAgent: new ProxyAgent(proxy, keepAlive) as unknown as HttpsAgent,
        }
      : { httpAgent: new HttpAgent(keepAlive), httpsAgent: new HttpsAgent(keepAlive) }),
  });
}
