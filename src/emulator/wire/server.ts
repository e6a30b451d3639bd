import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { answerSts } from '../auth/sts';
import { ServiceError } from '../model/errors';
import { type Answer, errorAnswer, send } from './answer';
import { readBody } from './body';
import { requireFriendly } from './guard';
import { type Arrived, answerOperation, placeOf, type RequestOptions } from './operation-request';
import { route } from './router';

/** Answers what is no operation, such as the page; false where it is not for it. */
export type Handler = (arrived: Arrived) => boolean | Promise<boolean>;

interface ServerOptions extends RequestOptions {
  /** Answer only to names of this machine. */
  readonly loopbackOnly: boolean;
  /** Asked before the operations, in this order. */
  readonly handlers: readonly Handler[];
}

/** Bytes of path and headers; more than the longest ids take, percent-encoded. */
const largestHead = 128 * 1024;

/** The REST protocol of the service, STS at `/`, and what `handlers` add. */
export function createCasesServer(options: ServerOptions): Server {
  const server = createServer(
    { keepAliveTimeout: 65_000, maxHeaderSize: largestHead },
    (request, response) => {
      void answer(request, response, options);
    },
  );
  server.on('clientError', refuseUnreadable);
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
): Promise<void> {
  // Clients correct their clock by it.
  response.setHeader('date', new Date(options.service.now()).toUTCString());
  try {
    requireFriendly(request.headers, options.loopbackOnly);
    const { method = '', url: target = '', headers } = request;
    const [path = '', queryString = ''] = target.split(/\?(.*)/s);
    const wire = { method, target, headers, body: await readBody(request) };
    const arrived = { request, response, wire, queryString };
    for (const handle of options.handlers) if (await handle(arrived)) return;
    const found = await answerOf(arrived, path, options);
    if (found) send(response, found);
  } catch (error) {
    send(response, errorAnswer(error));
  }
}

async function answerOf(arrived: Arrived, path: string, options: ServerOptions): Promise<Answer | undefined> {
  const { method } = arrived.wire;
  if (options.controls.behaviour.offline) {
    arrived.request.socket.resetAndDestroy();
    return undefined;
  }
  const found = route(method, path);
  if (found) return answerOperation(arrived, found, options);
  if (method === 'POST' && path === '/') {
    const { account } = placeOf(arrived.wire, options);
    return answerSts(arrived.wire, { ...options, account, now: options.service.now });
  }
  throw new ServiceError(
    'UnknownOperationException',
    `The local Cases service has no operation at ${method} ${path.slice(0, 500)}`,
  );
}

/** What is no HTTP, or more than the server reads, is answered like any other error. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const { status, headers, body } = errorAnswer(
    isLarge
      ? new ServiceError(
          'RequestEntityTooLargeException',
          `Path and headers can have at most ${largestHead} bytes`,
        )
      : new ServiceError('SerializationException', 'The request is not valid HTTP'),
  );
  const lines = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  socket.end(
    `HTTP/1.1 ${status} ${isLarge ? 'Payload Too Large' : 'Bad Request'}\r\n` +
      `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}
