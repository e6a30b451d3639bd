import { request } from 'node:http';
import { connect as dial, isIP, type Socket } from 'node:net';
import { connect as secured } from 'node:tls';
import { NotConnected, proxyAnswered, timeOut } from '../../delivery/service/network-errors';
import type { HttpProxy } from './proxy';
import type { Target } from './target';

/** An idle connection is tested so often, before a NAT forgets it. */
const keepAliveMs = 30_000;
/** How long one of several addresses of a host may keep the next one waiting. */
const oneAddressMs = 1000;

/**
 * A connection that is ready for a request, TLS included, unless `abort` aborts. Rejects with `NotConnected`: whatever
 * goes wrong here, nothing of a request has been sent.
 */
export async function connect(
  target: Target,
  proxy: HttpProxy | undefined,
  timeoutMs: number,
  abort: AbortController = new AbortController(),
): Promise<Socket> {
  const timer = setTimeout(() => abort.abort(new NotConnected(timeOut)), timeoutMs);
  const { signal } = abort;
  try {
    if (!proxy) return await opened(target, signal, timeoutMs);
    const line = await opened(proxy, signal, timeoutMs);
    await tunnel(line, target, proxy.authorization, signal);
    return target.secure ? await handshake(line, target, signal) : line;
  } catch (cause) {
    throw cause instanceof NotConnected ? cause : new NotConnected(reasonOf(cause));
  } finally {
    clearTimeout(timer);
  }
}

/** What listens at `target`, which did not understand a plain request, speaks TLS. */
export async function speaksTls(
  target: Target,
  proxy: HttpProxy | undefined,
  timeoutMs: number,
): Promise<boolean> {
  try {
    (await connect({ ...target, secure: true }, proxy, timeoutMs)).destroy();
    return true;
  } catch (cause) {
    return tlsCodes.test((cause as NotConnected).code);
  }
}

/** OpenSSL judged a certificate, or was told of an error in its own language. */
const tlsCodes =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_SSL_\w*ALERT)/;

async function opened(target: Target, signal: AbortSignal, timeoutMs: number): Promise<Socket> {
  const { secure, host, port } = target;
  const socket = dial({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveMs,
    // Said here, since a process can turn it off: a service may listen on one of the families that its name has.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.min(oneAddressMs, Math.ceil(timeoutMs / 3))),
  });
  await ready(socket, 'connect', signal);
  return secure ? handshake(socket, target, signal) : socket;
}

async function handshake(line: Socket, { host }: Target, signal: AbortSignal): Promise<Socket> {
  const socket = secured({
    socket: line,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
  });
  socket.once('close', () => line.destroy());
  await ready(socket, 'secureConnect', signal);
  return socket;
}

/** Asks a proxy for a connection to `target`. */
function tunnel(
  line: Socket,
  { host, port }: Target,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  return new Promise<void>((resolve, reject) => {
    const asking = request({
      createConnection: () => line,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...(authorization && { 'proxy-authorization': authorization }) },
      signal,
    });
    asking.on('error', (cause) => reject(signal.aborted ? signal.reason : cause));
    asking.once('close', () => reject(new NotConnected('the proxy hung up')));
    asking.once('connect', ({ statusCode = 0 }, _socket, head) => {
      if (head.length > 0) line.unshift(head);
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new NotConnected(`${proxyAnswered}${statusCode}`));
    });
    asking.end();
  }).catch((cause) => {
    line.destroy();
    throw cause;
  });
}

/** Resolves with `event` of a socket that is opening. It is destroyed where that never comes. */
function ready(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  // For as long as the socket lives: an error that nobody listens to would end Node-RED.
  socket.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    const give = (cause: unknown) => {
      socket.destroy();
      reject(cause);
    };
    const onAbort = () => give(signal.reason);
    const end = () => signal.removeEventListener('abort', onAbort);
    signal.addEventListener('abort', onAbort);
    socket.once(event, resolve).once(event, end);
    socket.once('error', give).once('close', end);
    socket.once('close', () => give(new NotConnected('the connection was closed')));
  });
}

/** What the system or OpenSSL calls it; where each of several addresses failed, the first. */
function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code ?? message;
}
