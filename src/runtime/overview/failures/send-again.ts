import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { SendAgainRequest, SentAgain } from '../../../definition/overview/lists';
import type { Delivery } from '../../../delivery/delivery';
import { asCasesError, CasesError, explained } from '../../../errors/errors';
import { because } from '../../../errors/reasons';
import { findConfigNode } from '../../config/config-node';
import type { DomainNode } from '../../config/domain-node';
import { outgoing } from '../../work/domain-works';
import { errorWords } from '../error-words';
import { monitors } from '../monitors';
import { again, type Failure, messageOf, msgOf } from './failure';

/** Accepts messages that failed once more, for the same nodes, in the order in which they failed. Never throws. */
export function sendAgain(RED: NodeAPI, { ids, evenTwice = false }: SendAgainRequest): SentAgain {
  const { failures } = monitors(RED);
  const sent: string[] = [];
  const inDoubt: string[] = [];
  const refused: { readonly id: string; readonly error: ReturnType<typeof errorWords> }[] = [];
  for (const failure of failures.all().toReversed()) {
    const { id } = failure;
    if (ids !== 'all' && !ids.includes(id)) continue;
    const may = again(failure);
    if (may === 'ask' && !evenTwice) inDoubt.push(id);
    else if (may !== 'no') {
      try {
        if (failure.content?.input) accept(RED, failure);
        else handToNode(RED, failure);
        sent.push(id);
      } catch (cause) {
        refused.push({ id, error: errorWords(asCasesError(cause)) });
      }
    }
  }
  failures.remove(sent);
  return { sent: sent.length, inDoubt, refused };
}

/** Throws `NOT_CONFIGURED`, `CREDENTIALS`, `QUEUE_FULL`, `CLOSED`, and `SERVICE` for what nobody knows any more. */
function accept(RED: NodeAPI, failure: Failure): void {
  const delivery: Delivery = findConfigNode<DomainNode>(RED, 'domain', failure.domainNodeId).delivery();
  const message = messageOf(failure);
  const work = message && monitors(RED).of(failure.domainNodeId).workOf(message);
  if (!work) throw new CasesError('SERVICE', 'This version of the nodes does not know how to send it.');
  delivery.accept(outgoing(work, { merge: false, ...message }));
}

/** What a node has refused, it gets once more: it may be set up otherwise by now. Throws `NOT_CONFIGURED`. */
function handToNode(RED: NodeAPI, failure: Failure): void {
  const node = RED.nodes.getNode(failure.nodeId) as Node | null;
  if (!node) throw explained('NOT_CONFIGURED', because('nodeGone'));
  node.receive(msgOf(failure) as NodeMessage);
}
