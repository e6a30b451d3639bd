import type { NodeAPI } from 'node-red';
import type { DropRequest } from '../../definition/overview/lists';
import type { OverviewAnswers, OverviewRequests, OverviewRoute } from '../../definition/overview/protocol';
import type { StoredMessage } from '../../delivery/store/message-store';
import { sendAgain } from './failures/send-again';
import { overviewOf } from './figures';
import { failuresPage, messageJson } from './lists/failures-page';
import { groupKey, waitingPage } from './lists/waiting-page';
import { monitors } from './monitors';
import { NotFound } from './not-found';
import { publisher } from './publisher';

/** What each route does. Throws `NotFound` where there is nothing to do it with. */
export const routes: {
  readonly [Route in OverviewRoute]: (RED: NodeAPI, asked: OverviewRequests[Route]) => OverviewAnswers[Route];
} = {
  figures: overviewOf,
  watch(RED) {
    publisher(RED).watch();
    return overviewOf(RED);
  },
  waiting: (RED, asked) => waitingPage(RED, monitorOf(RED, asked.domain), asked),
  failures: failuresPage,
  message(RED, { id, plain = false }) {
    const failure = monitors(RED).failures.find(id);
    const json = failure && messageJson(RED, failure, plain);
    if (json === undefined) throw new NotFound('notThere');
    return { json };
  },
  pause(RED, { domain }) {
    monitorOf(RED, domain).pause();
    return overviewOf(RED);
  },
  resume(RED, { domain }) {
    monitorOf(RED, domain).resume();
    return overviewOf(RED);
  },
  drop(RED, { domain, what }) {
    const { delivery } = monitorOf(RED, domain);
    return { dropped: delivery?.view.drop((message, key) => isMeant(what, message, key)) ?? 0 };
  },
  sendAgain,
  dropFailures: (RED, { ids }) => ({ dropped: monitors(RED).failures.remove(ids) }),
};

function isMeant(what: DropRequest['what'], message: StoredMessage, key: string | undefined): boolean {
  if (what === 'all') return true;
  return 'message' in what ? message.id === what.message : groupKey(message, key) === what.group;
}

/** The counts of a domain node that runs. Throws `NotFound`. */
function monitorOf(RED: NodeAPI, domain: string) {
  if (!RED.nodes.getNode(domain)) throw new NotFound('noDomain');
  return monitors(RED).of(domain);
}
