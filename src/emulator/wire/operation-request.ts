import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { SeenRequest } from '../api';
import type { Keyring } from '../auth/keys';
import { verifySignature, type WireRequest } from '../auth/signature';
import type { Controls } from '../controls';
import { localUser } from '../model/arn';
import { ServiceError } from '../model/errors';
import type { CasesService, Place } from '../service';
import type { Caller } from '../state/state';
import { type Answer, errorAnswer, jsonAnswer } from './answer';
import { errorOf, type Fault, happensBefore } from './faults';
import { readInput } from './input';
import type { Route } from './router';

export interface RequestOptions {
  readonly service: CasesService;
  readonly controls: Controls;
  readonly account: string;
  readonly region: string;
  readonly keyring: Keyring;
  readonly verifySignatures: boolean;
  readonly onRequest: (request: SeenRequest) => void;
}

/** A request that has arrived whole. */
export interface Arrived {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly wire: WireRequest;
  readonly queryString: string;
}

/** The answer to a request for an operation, or undefined where the connection was dropped instead. */
export async function answerOperation(
  arrived: Arrived,
  route: Route,
  options: RequestOptions,
): Promise<Answer | undefined> {
  const { now } = options.service;
  const { method, target: path, headers, body } = arrived.wire;
  const place = placeOf(arrived.wire, options);
  const at = now();
  const answer = await carryOut(arrived, route, place, options).catch(errorAnswer);
  const error = answer?.headers['x-amzn-errortype'];
  options.onRequest({
    operation: route.operation,
    method,
    path,
    headers: headers as IncomingHttpHeaders,
    body,
    ...(answer && { status: answer.status }),
    at,
    milliseconds: now() - at,
    ...place,
    ...(error !== undefined && { error }),
  });
  return answer;
}

async function carryOut(
  arrived: Arrived,
  route: Route,
  place: Place,
  { service, controls, keyring, verifySignatures }: RequestOptions,
): Promise<Answer | undefined> {
  const { operation, labels } = route;
  const keys = verifySignatures
    ? await verifySignature(arrived.wire, 'cases', keyring, service.now())
    : undefined;
  const caller: Caller = {
    ...place,
    principal: keys?.principal ?? localUser(place.account),
  };
  service.authorize(operation, caller, labels.domainId);
  if (!controls.throttle.take(operation, `${place.account}/${place.region}`)) {
    throw new ServiceError('ThrottlingException', 'Rate exceeded');
  }
  const fault = controls.nextFault(operation);
  if (fault && happensBefore(fault.kind)) return fail(arrived, fault);
  const answer = service.call(operation, readInput(route, arrived.queryString, arrived.wire.body), caller);
  const { latencyMs } = controls.behaviour;
  if (latencyMs > 0) await wait(latencyMs, undefined, { ref: false });
  if (fault && fault.kind !== 'slow') return fail(arrived, fault);
  if (fault) await wait((fault.seconds ?? 0) * 1000, undefined, { ref: false });
  return jsonAnswer(answer);
}

async function fail({ request, response }: Arrived, { kind, seconds }: Fault): Promise<undefined> {
  const error = errorOf(kind);
  if (error) throw new ServiceError(error, `On demand: ${kind}`, { retryAfterSeconds: seconds });
  if (kind === 'reset') request.socket.resetAndDestroy();
  else if (kind === 'lost') request.socket.destroy();
  else if (!response.destroyed) await once(response, 'close');
}

const credential = /Credential=([^/]+)\/\d+\/([a-z]{2,4}(?:-[a-z]+)+-\d+)\//;

/**
 * Account and Region of a request: requests to one port can be meant for any. An access key that is an account's number
 * stands for that account, as with other stand-ins of AWS.
 */
export function placeOf({ headers }: WireRequest, { account, region }: RequestOptions): Place {
  const [, accessKeyId = '', scope] = credential.exec(String(headers.authorization)) ?? [];
  return { account: /^\d{12}$/.test(accessKeyId) ? accessKeyId : account, region: scope ?? region };
}
