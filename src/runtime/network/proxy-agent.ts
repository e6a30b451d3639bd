import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';

type Connect = HttpsProxyAgent<string>['connect'];

/**
 * Connects through an HTTP proxy. Where the proxy does not let the connection through, that is an error of the
 * connection: `HttpsProxyAgent` alone hands the proxy's answer on as if the service had given it.
 */
export class ProxyAgent extends HttpsProxyAgent<string> {
  override async connect(...[request, options]: Parameters<Connect>): Promise<Socket> {
    let status = 200;
    request.once('proxyConnect', ({ statusCode }) => {
      status = statusCode;
    });
    const socket = await super.connect(request, options).catch((cause: NodeJS.ErrnoException) => {
      throw unreachable(cause.code ?? 'the proxy hung up');
    });
    if (status === 200) return socket;
    socket.destroy();
    throw unreachable(`the proxy answered ${status}`);
  }
}

const unreachable = (code: string): NodeJS.ErrnoException =>
  Object.assign(new Error(code), { code, syscall: 'connect' });
