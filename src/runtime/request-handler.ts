import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** Connections that one client keeps open at most; more than the quota of any account can use. */
const maxSockets = 64;

/**
 * Sends the SDK's requests to `url` over connections that are kept open, through the proxy of
 * `HTTPS_PROXY` unless `NO_PROXY` leaves the host out. `timeoutMs` is for one request, answer included.
 */
export function requestHandlerFor(url: string, timeoutMs: number): NodeHttpHandler {
  const proxy = getProxyForUrl(url);
  const keepAlive = { keepAlive: true, maxSockets };
  return new NodeHttpHandler({
    connectionTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    throwOnRequestTimeout: true,
    socketAcquisitionWarningTimeout: 0,
    ...(proxy
      ? {
          httpAgent: new HttpsProxyAgent(proxy, keepAlive) as unknown as HttpAgent,
          httpsAgent: new HttpsProxyAgent(proxy, keepAlive) as unknown as HttpsAgent,
        }
      : { httpAgent: new HttpAgent(keepAlive), httpsAgent: new HttpsAgent(keepAlive) }),
  });
}
