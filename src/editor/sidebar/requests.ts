import { nodeType } from '../../definition/node-type';
import {
  type OverviewAnswer,
  type OverviewAnswers,
  type OverviewRequests,
  type OverviewRoute,
  overviewPath,
  overviewPermissions,
} from '../../definition/overview/protocol';
import { post, type Refused } from '../post';
import { text } from './text';

/**
 * Asks the runtime. Rejects with an error whose message says in the user's language why there is no answer, and which
 * permission is missing where that is why.
 */
export async function ask<Route extends OverviewRoute>(
  route: Route,
  request: OverviewRequests[Route],
): Promise<OverviewAnswers[Route]> {
  const answer = await post<OverviewAnswer<OverviewAnswers[Route]>>(`${overviewPath}/${route}`, request);
  if ('found' in answer) return answer.found;
  throw new Error(
    'problem' in answer
      ? text(`problem.${answer.problem}`)
      : refusal(answer, missing(route, 'plain' in request)),
  );
}

const refusal = ({ status }: Refused, permission: string): string =>
  status === 401 || status === 403
    ? text('problem.noPermission', { permission })
    : text('problem.noAnswer', { status });

/** The permissions that a route takes and the user may be without. */
function missing(route: OverviewRoute, plain: boolean): string {
  const permissions = [
    `${nodeType('domain')}.read`,
    overviewPermissions[route],
    plain ? 'flows.write' : undefined,
  ];
  const lacking = permissions.filter((permission) => permission && !RED.user.hasPermission(permission));
  return (lacking.length > 0 ? lacking : permissions.filter(Boolean)).join(', ');
}

/** Whether the user may change what waits and what failed. */
export const mayChange = (): boolean => RED.user.hasPermission('flows.write');
