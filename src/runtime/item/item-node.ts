import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { relatedItemAction } from '../../definition/action';
import { authorOf } from '../../definition/author';
import type { Values } from '../../definition/field';
import type { RelatedItem } from '../../definition/related-item';
import { relatedItemRules } from '../../definition/related-item-rules';
import type { Delivered } from '../../delivery/delivery';
import { queueFull } from '../../delivery/own-errors';
import { CasesError } from '../../errors/errors';
import { type RequestSource, toRequest, withFieldIds } from '../../mapping/request';
import { reason } from '../../mapping/unreadable';
import { describe } from '../../model/describe';
import type { RelatedItemRequest } from '../../model/operations';
import { afterDeploy, flowsStop } from '../after-deploy';
import { findConfigNode } from '../config/config-node';
import type { DomainNode } from '../config/domain-node';
import { flag } from '../config/environment';
import { fieldsOf } from '../fields';
import { type Taker, takers } from '../results';
import { inWords } from './in-words';
import { prepareItemFields, prepareWhole } from './item-fields';
import { itemStatus } from './item-status';
import { copyable, idOf, outputProperty, readable, withError, withResult } from './message';
import { Turns } from './turns';

/** An item node as Node-RED hands it over. */
export type ItemConfig = Readonly<Record<string, unknown>> & {
  readonly domain?: string;
  readonly output?: string;
};

/** Who passes a message on or refuses it: the node that got it, or the one that a deploy put in its place. */
export interface Outlet {
  readonly node: Node;
  readonly send: (msg: NodeMessage) => void;
  /** Ends the message; a sentence is an error, and the debug sidebar shows it whole, which it does not an Error. */
  readonly done: (error?: string) => void;
}

/** Runs one item node: each message becomes a related item, or an error at Catch. Nothing here throws. */
export function startItem(RED: NodeAPI, node: Node, config: ItemConfig, item: RelatedItem): void {
  const { fields } = relatedItemAction(item);
  const readFields = prepareItemFields(RED, node, config, fields);
  const readWhole = prepareWhole(RED, node, config, item.fields);
  const status = itemStatus(node);
  const rules = relatedItemRules(item, config.repeat === 'keep' ? 'keep' : 'add');
  try {
    outputProperty(RED, config.output);
    findConfigNode<DomainNode>(RED, 'domain', config.domain).settings();
  } catch (cause) {
    status.notConfigured(asCasesError(cause));
  }

  let closed = false;
  /** Where the messages go that this node got itself, by their ids. */
  const inputs = new Map<string, Outlet>();

  node.on('input', (msg, send, done) => {
    status.begin();
    const outlet: Outlet = { node, send, done: (error) => done(error as never) };
    accept(msg, outlet).catch((cause) => {
      const error = inWords(asCasesError(cause), fields, config);
      status.end(error);
      if (!closed) return refuse(RED, outlet, msg, error);
      const outcome = `${error.code}, created: ${error.created}`;
      const tell = (heir: Node) => void refuse(RED, outletOf(heir, msg), msg, error);
      afterDeploy(RED, { nodeId: node.id, messageId: idOf(msg), outcome, tell });
    });
  });

  async function accept(msg: NodeMessage, outlet: Outlet): Promise<void> {
    outputProperty(RED, config.output);
    const domain = findConfigNode<DomainNode>(RED, 'domain', config.domain);
    const whole = (await readWhole?.(msg))?.value;
    const named = toRequest(item, sourceOf(domain, { ...(await readFields(msg)), whole }));
    const input = item.withIds ? await withIds(domain, named) : named;
    const merge = flag(config.merge, "the node's merge", 'merge');
    inputs.set(domain.delivery().accept({ nodeId: node.id, msg, rules, input, merge }), outlet);
  }

  /** Messages go on in the order in which they came, also where one waits for the names of fields. */
  const turns = new Turns();
  function withIds(domain: DomainNode, named: RelatedItemRequest): Promise<RelatedItemRequest> {
    const { maxWaiting } = domain.settings().delivery;
    if (turns.waiting >= maxWaiting) throw queueFull(maxWaiting);
    return turns.run(() => withFieldIds(item, named, fieldsOf(domain)));
  }

  const taker: Taker = {
    doing: status.show,
    ended({ id, msg: given, input }, end) {
      const msg = given as NodeMessage;
      const outlet = inputs.get(id) ?? outletOf(node, msg);
      inputs.delete(id);
      if ('error' in end) {
        const error = inWords(end.error, fields, config);
        status.end(error);
        refuse(RED, outlet, msg, error);
      } else if ('delivered' in end) {
        status.end();
        const delivered = end.delivered as Delivered<'CreateRelatedItem'>;
        passOn(RED, outlet, msg, usableOutput(RED, config), delivered, input as RelatedItemRequest);
      }
    },
  };
  takers(RED).set(node.id, taker);
  node.on('close', () => {
    closed = true;
    if (takers(RED).get(node.id) === taker) takers(RED).delete(node.id);
    flowsStop(RED);
    status.close();
  });
}

/** The property that gets the ARN. A node that was changed since the message came in may have none that can be used. */
function usableOutput(RED: NodeAPI, config: ItemConfig): string {
  try {
    return outputProperty(RED, config.output);
  } catch {
    return 'payload';
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
  delivered: Delivered<'CreateRelatedItem'>,
  request: RelatedItemRequest,
): void {
  const { output: created, requestId, attempts, verified, existing, merged } = delivered;
  const { relatedItemArn = '', relatedItemId = '' } = created;
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
    ...(existing && { existing }),
  };
  const passed = withResult(RED, msg, output, merged ? { ...result, merged } : result);
  if (!passed.hasOutput) {
    node.warn(
      `The item ${relatedItemArn} was created, but msg.${output} can't hold its ARN: it is in msg.relatedItem alone.`,
    );
  }
  try {
    send(hasSeveralWires(node) ? copyable(RED, passed.msg) : passed.msg);
    done();
  } catch (cause) {
    node.warn(
      `The item ${relatedItemArn} was created, but not every node can be told: ${describe(reason(cause))}`,
    );
  }
}

/** With several wires Node-RED copies the message for all but the first. */
const hasSeveralWires = (node: Node & { readonly wires?: readonly (readonly string[])[] }): boolean =>
  (node.wires ?? []).flat().length > 1;

/** Catch gets a copy of the message; where it can't be copied, of what can be. */
export function refuse(RED: NodeAPI, { node, done }: Outlet, msg: NodeMessage, error: CasesError): void {
  const told = withError(msg, error);
  // Node-RED takes `req` and `res` away while it copies, and leaves them away where that fails.
  const kept = readable(told);
  try {
    if (told === msg) done(error.message);
    else node.error(error.message, told);
  } catch {
    node.error(error.message, copyable(RED, kept));
  }
}

export const asCasesError = (cause: unknown): CasesError =>
  cause instanceof CasesError
    ? cause
    : new CasesError(
        'SERVICE',
        `Something unexpected happened: ${describe(reason(cause))}. Please report it.`,
      );
