import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { RelatedItem, Values } from '../definition';
import type { Delivered, RelatedItemRequest } from '../delivery/delivery';
import { CasesError } from '../errors';
import { type RequestSource, toRequest } from '../mapping/request';
import { findConfigNode } from './config-node';
import type { DomainNode } from './domain-node';
import { prepareItemFields } from './item-fields';
import { itemStatus } from './item-status';
import { withError, withResult } from './message';

/** An item node as Node-RED hands it over. */
export type ItemConfig = Readonly<Record<string, unknown>> & {
  readonly domain?: string;
  readonly output?: string;
};

type Send = (msg: NodeMessage) => void;
type Done = (error?: Error) => void;

/** Runs one item node: each message becomes a related item, or an error at Catch. Nothing here throws. */
export function startItem(RED: NodeAPI, node: Node, config: ItemConfig, item: RelatedItem): void {
  const readFields = prepareItemFields(RED, node, config, item);
  const status = itemStatus(RED, node);
  if (!config.domain || !RED.nodes.getNode(config.domain)) status.notConfigured();

  node.on('input', (msg, send, done) => {
    const end = status.begin();
    deliver(msg).then(
      ({ delivered, request }) => {
        end(delivered);
        passOn(RED, node, msg, config.output || 'payload', delivered, request, send);
        done();
      },
      (cause) => {
        const error = asCasesError(cause);
        end(error);
        refuse(RED, node, msg, error, done);
      },
    );
  });
  node.on('close', () => status.close());

  async function deliver(msg: NodeMessage) {
    const domain = findConfigNode<DomainNode>(RED, 'domain', config.domain);
    const request = toRequest(item, sourceOf(domain, await readFields(msg)));
    const merge = config.merge === true;
    return { request, delivered: await domain.delivery().deliver(request, { merge, onState: status.show }) };
  }
}

function sourceOf(domain: DomainNode, values: Values): RequestSource {
  const { domainId, performedBy: inherited } = domain.settings();
  const kind = values.performedByKind;
  const own =
    kind === 'userArn' || kind === 'customEntity'
      ? ({ kind, value: values.performedBy === '' ? undefined : values.performedBy } as const)
      : undefined;
  const performedBy = kind === 'none' ? undefined : (own ?? inherited);
  return { domainId, caseId: values.caseId, values, ...(performedBy && { performedBy }) };
}

/** The item exists by now, so whatever goes wrong here is a warning, not a refusal. */
function passOn(
  RED: NodeAPI,
  node: Node,
  msg: NodeMessage,
  output: string,
  delivered: Delivered,
  request: RelatedItemRequest,
  send: Send,
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
}

/** Catch gets a copy of the message, so one that can't be copied is replaced by its id and the error. */
function refuse(RED: NodeAPI, node: Node, msg: NodeMessage, error: CasesError, done: Done): void {
  try {
    RED.util.cloneMessage(withError(msg, error));
  } catch {
    node.error(error, withError({ _msgid: RED.util.generateId() }, error));
    done();
    return;
  }
  done(error);
}

const asCasesError = (cause: unknown): CasesError =>
  cause instanceof CasesError
    ? cause
    : new CasesError('SERVICE', `Something unexpected happened: ${cause}. Please report it.`);
