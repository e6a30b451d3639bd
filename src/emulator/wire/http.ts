import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Keyring } from '../auth/keys';
import { verifySignature, type WireRequest } from '../auth/signature';
import { answerSts } from '../auth/sts';
import { ServiceError } from '../model/errors';
import { type OperationName, operations } from '../operations';
import { addPage } from '../page/page';
import type { CasesService } from '../service';
import type { Caller } from '../state/state';
import { type Fault, happensBefore } from './faults';
import { guard } from './guard';
import type { Throttle } from './quota';
import { readInput } from './request-input';

/** A request that was answered, or dropped without an answer (no `status`). */
export interface SeenRequest {
  readonly operation: OperationName;
  readonly method: string;
  /** Path and query string as they came. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly status?: number;
}

/** What the HTTP side can be told while it runs. */
export interface Behaviour {
  latencyMs: number;
  nextFault(operation: OperationName): Fault | undefined;
}

export interface HttpOptions {
  readonly service: CasesService;
  readonly throttle: Throttle;
  readonly behaviour: Behaviour;
  readonly account: string;
  readonly keyring: Keyring;
  readonly verifySignatures: boolean;
  /** Answer only to names of this machine. */
  readonly loopbackOnly: boolean;
  readonly onRequest?: ((request: SeenRequest) => void) | undefined;
}

type Call = Context<{ Bindings: HttpBindings }>;

const largestBody = 1024 * 1024;

/** The REST protocol of the service, its page at `/`, and STS. */
export function createApp(options: HttpOptions) {
  const app = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  app.use(guard(options.loopbackOnly), limitBody);
  for (const [name, { method, path }] of Object.entries(operations)) {
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), (context) =>
      respond(context, name as OperationName, options),
    );
  }
  app.post('/', async (context) =>
    answerSts(wireRequest(context, await context.req.text()), { ...options, now: options.service.now }),
  );
  addPage(app, options.service);
  app.notFound((context) =>
    errorResponse(
      new ServiceError(
        'UnknownOperationException',
        `The local Cases service has no operation at ${context.req.method} ${context.req.path}`,
      ),
    ),
  );
  app.onError((error) => errorResponse(asServiceError(error)));
  return app;
}

const tooLarge = () =>
  errorResponse(
    new ServiceError('RequestEntityTooLargeException', `A request can have at most ${largestBody} bytes`),
  );
const limitChunked = bodyLimit({ maxSize: largestBody, onError: tooLarge });

/** The framework's own limit gives up its fast way to read a body: it is for bodies of unknown length alone. */
const limitBody: typeof limitChunked = async (context, next) => {
  if (context.req.header('transfer-encoding') !== undefined) return limitChunked(context, next);
  return Number(context.req.header('content-length') ?? 0) > largestBody ? tooLarge() : next();
};

async function respond(context: Call, operation: OperationName, options: HttpOptions): Promise<Response> {
  const body = await context.req.text().catch(() => {
    throw new ServiceError('SerializationException', 'The body did not arrive whole');
  });
  const response = await carryOut(context, operation, body, options).catch((error: unknown) =>
    errorResponse(asServiceError(error)),
  );
  const { method = '', url: path = '', headers } = context.env.incoming;
  options.onRequest?.({
    operation,
    method,
    path,
    headers,
    body,
    ...(response && { status: response.status }),
  });
  return response ?? RESPONSE_ALREADY_SENT;
}

/** The answer, or undefined where the connection was dropped instead. */
async function carryOut(
  context: Call,
  operation: OperationName,
  body: string,
  { service, throttle, behaviour, account, keyring, verifySignatures }: HttpOptions,
): Promise<Response | undefined> {
  const request = wireRequest(context, body);
  const keys = verifySignatures ? await verifySignature(request, 'cases', keyring, service.now()) : undefined;
  const principal = keys?.principal ?? `arn:aws:iam::${account}:user/local`;
  const caller: Caller = { account, region: regionOf(request), principal };
  service.authorize(operation, caller, context.req.param('domainId'));
  if (!throttle.take(operation, `${account}/${caller.region}`))
    throw new ServiceError('ThrottlingException', 'Rate exceeded');

  const fault = behaviour.nextFault(operation);
  if (fault && happensBefore(fault.kind)) return fail(context, fault);
  const answer = service.call(operation, readInput(context, operation, body), caller);
  if (behaviour.latencyMs > 0) await wait(behaviour.latencyMs, undefined, { ref: false });
  return fault ? fail(context, fault) : jsonResponse(answer);
}

async function fail({ env }: Call, { kind, retryAfterSeconds }: Fault): Promise<undefined> {
  switch (kind) {
    case '500':
    case '500-after':
      throw new ServiceError('InternalServerException', 'Internal server error', { retryAfterSeconds });
    case '503':
      throw new ServiceError('ServiceUnavailableException', 'Service unavailable', { retryAfterSeconds });
    case 'reset':
      env.incoming.socket.resetAndDestroy();
      return;
    case 'lost':
      env.incoming.socket.destroy();
      return;
    case 'timeout':
      if (!env.outgoing.destroyed) await once(env.outgoing, 'close');
  }
}

function wireRequest({ env }: Call, body: string): WireRequest {
  const { method = '', url: target = '', headers } = env.incoming;
  return { method, target, headers, body };
}

/** The Region of the credential scope: requests to one port can be meant for any. */
function regionOf({ headers }: WireRequest): string {
  const scope = /Credential=[^/]+\/\d+\/([a-z]{2,4}(?:-[a-z]+)+-\d+)\//.exec(String(headers.authorization));
  return scope?.[1] ?? 'us-east-1';
}

const jsonResponse = (answer: object): Response =>
  new Response(JSON.stringify(answer), {
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() },
  });

function errorResponse({ code, status, body, retryAfterSeconds }: ServiceError): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': code,
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  });
}

function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  console.error(error);
  return new ServiceError('InternalServerException', 'Internal server error');
}
