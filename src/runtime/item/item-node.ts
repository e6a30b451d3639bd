import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { relatedItemAction } from '../../definition/action';
import { authorOf } from '../../definition/author';
import type { Values } from '../../definition/field';
import type { RelatedItem } from '../../definition/related-item';
import { relatedItemRules } from '../../definition/related-item-rules';
import type { Delivered, RelatedItemRequest } from '../../delivery/delivery';
import { CasesError } from '../../errors/errors';
import { type RequestSource, toRequest } from '../../mapping/request';
import { afterDeploy, flowsStop } from '../after-deploy';
import { findConfigNode } from '../config/config-node';
import type { DomainNode } from '../config/domain-node';
import { flag } from '../config/environment';
import { prepareItemFields } from './item-fields';
import { itemStatus } from './item-status';
import { withError, withResult } from './message';

/** An item node as Node-RED hands it over. */
export type ItemConfig = Readonly<Record<string, unknown>> & {
  readonly domain?: string;
  readonly output?: string;
};

/** Who passes a message on or refuses it: the node that got it, or the one that a deploy put in its place. */
export interface Outlet {
  readonly node: Node;
  readonly send: (msg: NodeMessage) => void;
  readonly done: (error?: Error) => void;
}

/** Runs one item node: each message becomes a related item, or an error at Catch. Nothing here throws. */
export function startItem(RED: NodeAPI, node: Node, config: ItemConfig, item: RelatedItem): void {
  const readFields = prepareItemFields(RED, node, config, relatedItemAction(item).fields);
  const status = itemStatus(RED, node);
  const rules = relatedItemRules(item);
  try {
    findConfigNode<DomainNode>(RED, 'domain', config.domain).settings();
  } catch (cause) {
    status.notConfigured(asCasesError(cause));
  }

  let closed = false;

  node.on('input', (msg, send, done) => {
    const end = status.begin();
    const settle = (to: (outlet: Outlet) => void, outcome: string) => {
      if (!closed) return to({ node, send, done });
      const tell = (heir: Node) => to(outletOf(heir, msg));
      afterDeploy(RED, { nodeId: node.id, messageId: String(msg._msgid), outcome, tell });
    };
    deliver(msg).then(
      ({ delivered, request }) => {
        end(delivered);
        settle(
          (outlet) => passOn(RED, outlet, msg, config.output || 'payload', delivered, request),
          `created as ${delivered.relatedItemArn}`,
        );
      },
      (cause) => {
        const error = asCasesError(cause);
        end(error);
        settle((outlet) => refuse(RED, outlet, msg, error), `${error.code}, created: ${error.created}`);
      },
    );
  });
  node.on('close', () => {
    closed = true;
    flowsStop(RED);
    status.close();
  });

  async function deliver(msg: NodeMessage) {
    const domain = findConfigNode<DomainNode>(RED, 'domain', config.domain);
    const request = toRequest(item, sourceOf(domain, await readFields(msg)));
    const merge = flag(config.merge, "the node's merge", 'merge');
    return {
      request,
      delivered: await domain.delivery().deliver(rules, request, { merge, onState: status.show }),
    };
  }
}

function sourceOf(domain: DomainNode, values: Values): RequestSource {
  const { domainId, performedBy: inherited } = domain.settings();
  const performedBy = authorOf(values, inherited);
  return { domainId, caseId: values.caseId, values, ...(performedBy && { performedBy }) };
}

/** A node for a message that another got: what it is told of an error goes to Catch. */
export const outletOf = (node: Node, msg: NodeMessage): Outlet => ({
  node,
  send: (out) => node.send(out),
  done: (error) => error && node.error(error, msg),
});

/** The item exists by now, so whatever goes wrong here is a warning, not a refusal. */
function passOn(
  RED: NodeAPI,
  { node, send, done }: Outlet,
  msg: NodeMessage,
  output: string,
  delivered: Delivered,
  request: RelatedItemRequest,
): void {
  const { relatedItemArn, relatedItemId, requestId, attempts, verified, merged } = delivered;
  const { type, domainId, caseId } = request;
  const result = {
    relatedItemArn,
    relatedItemId,
    type: String(type),
    domainId,
    caseId,
    requestId,
    attempts,
    verified,
  };
  try {
    send(withResult(RED, msg, output, merged ? { ...result, merged } : result));
  } catch (cause) {
    node.warn(`The item ${relatedItemArn} was created, but its message can't be passed on: ${cause}`);
  }
  done();
}

/** Catch gets a copy of the message, so one that can't be copied is replaced by its id and the error. */
export function refuse(RED: NodeAPI, { node, done }: Outlet, msg: NodeMessage, error: CasesError): void {
  try {
    RED.util.cloneMessage(withError(msg, error));
  } catch {
    node.error(error, withError({ _msgid: RED.util.generateId() }, error));
    done();
    return;
  }
  done(error);
}

export const asCasesError = (cause: unknown): CasesError =>
  cause instanceof CasesError
    ? cause
    : new CasesError('SERVICE', `Something unexpected happened: ${cause}. Please report it.`);
