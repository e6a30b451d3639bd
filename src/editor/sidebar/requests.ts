import { nodeType } from '../../definition/node-type';
import {
  type OverviewAnswer,
  type OverviewAnswers,
  type OverviewProblem,
  type OverviewRequests,
  type OverviewRoute,
  overviewPath,
  overviewPermissions,
} from '../../definition/overview/protocol';
import { text } from './text';

/**
 * Asks the runtime. Rejects with an error whose message says in the user's language why there is no answer, and which
 * permission is missing where that is why.
 */
export async function ask<Route extends OverviewRoute>(
  route: Route,
  request: OverviewRequests[Route],
): Promise<OverviewAnswers[Route]> {
  let answer: OverviewAnswer<OverviewAnswers[Route]>;
  try {
    answer = await $.ajax({
      url: `${overviewPath}/${route}`,
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify(request),
    });
  } catch (failure) {
    const { status, responseJSON } = failure as JQuery.jqXHR<{ problem?: OverviewProblem }>;
    throw new Error(reason(status, responseJSON?.problem, missing(route, 'plain' in request)));
  }
  if ('problem' in answer) throw new Error(text(`problem.${answer.problem}`));
  return answer.found;
}

function reason(status: number, problem: OverviewProblem | undefined, permission: string): string {
  if (problem) return text(`problem.${problem}`);
  if (status === 401 || status === 403) return text('problem.noPermission', { permission });
  return text('problem.noAnswer', { status });
}

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
