import type { NodeAPI } from 'node-red';
import type { OverviewAnswers, OverviewRequests, OverviewRoute } from '../../definition/overview/protocol';
import { overviewOf } from './figures';
import { monitors } from './monitors';
import { NoSuch } from './no-such';
import { publisher } from './publisher';

/** What each route does. Throws `NoSuch` where there is nothing to do it with. */
export const answers: {
  readonly [Route in OverviewRoute]?: (
    RED: NodeAPI,
    asked: OverviewRequests[Route],
  ) => OverviewAnswers[Route];
} = {
  figures: overviewOf,
  watch(RED) {
    publisher(RED).watch();
    return overviewOf(RED);
  },
  pause(RED, { domain }) {
    monitorOf(RED, domain).pause();
    return overviewOf(RED);
  },
  resume(RED, { domain }) {
    monitorOf(RED, domain).resume();
    return overviewOf(RED);
  },
};

/** The counts of a domain node that runs. Throws `NoSuch`. */
function monitorOf(RED: NodeAPI, domain: string) {
  if (!RED.nodes.getNode(domain)) throw new NoSuch('noDomain');
  return monitors(RED).of(domain);
}
