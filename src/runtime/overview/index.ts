import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { NodeAPI } from 'node-red';
import {
  type OverviewProblem,
  type OverviewRoute,
  overviewPermissions,
} from '../../definition/overview/protocol';
import { refusalOf } from '../look-up/foreign-page';
import { NotFound } from './not-found';
import { isRequest } from './requests';
import { routes } from './routes';

/**
 * Answers what the editor's tab asks; Node-RED has already asked for `connect-cases-domain.read`. What messages hold
 * takes `flows.read` besides, a change `flows.write`, and so do sensitive parts as they are.
 */
export function answerOverview(RED: NodeAPI, request: Request, response: Response, next: NextFunction): void {
  const refusal = refusalOf(request);
  if (refusal) {
    const problem: OverviewProblem = refusal.status === 403 ? 'foreignPage' : 'notUnderstood';
    response.status(refusal.status).json({ problem });
    return;
  }
  const route = request.params.name as OverviewRoute;
  const asked: unknown = request.body;
  if (!Object.hasOwn(overviewPermissions, route) || !isRequest(route, asked)) {
    response.status(400).json({ problem: 'notUnderstood' });
    return;
  }
  const permissions = [
    overviewPermissions[route],
    'plain' in asked && asked.plain ? 'flows.write' : undefined,
  ];
  const guards = permissions.flatMap((permission) =>
    permission ? [RED.auth.needsPermission(permission) as RequestHandler] : [],
  );
  inTurn(guards, request, response, next, () => {
    try {
      const answer = routes[route] as (RED: NodeAPI, asked: object) => unknown;
      response.json({ found: answer(RED, asked) });
    } catch (cause) {
      if (cause instanceof NotFound) response.status(404).json({ problem: cause.problem });
      else next(cause);
    }
  });
}

/** Runs `answer` once all guards have let the request pass. */
function inTurn(
  [first, ...others]: readonly RequestHandler[],
  request: Request,
  response: Response,
  next: NextFunction,
  answer: () => void,
): void {
  if (!first) {
    answer();
    return;
  }
  first(request, response, (error?: unknown) =>
    error ? next(error) : inTurn(others, request, response, next, answer),
  );
}
