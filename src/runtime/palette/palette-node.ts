import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { Action } from '../../definition/action';
import { asCasesError, type CasesError } from '../../errors/errors';
import { findConfigNode } from '../config/config-node';
import type { DomainNode } from '../config/domain-node';
import { monitors } from '../overview/monitors';
import { flowsStop, handOn, type Taker, takers, unanswered } from '../results';
import { errorStatus } from '../status-words';
import type { Work } from '../work/work';
import { InOrder } from './in-order';
import { inWords } from './in-words';
import { workStatus } from './node-status';
import { type Outlet, outletOf, passOn, refuse } from './outlet';
import { prepareFields, prepareWhole, shownFields } from './read-fields';
import { prepareSetUp } from './set-up';

/** A node of the palette as Node-RED hands it over. */
type PaletteConfig = Readonly<Record<string, unknown>> & {
  readonly domain?: string;
};

/**
 * Runs one node of the palette: each message is read, handed to its domain's delivery, and passed on with what came of
 * it, or to Catch. Nothing here throws.
 */
export function startPaletteNode(
  RED: NodeAPI,
  node: Node,
  config: PaletteConfig,
  { fields, operation }: Action,
  work: Work,
): void {
  const readFields = prepareFields(RED, node, config, shownFields(fields, config));
  const readWhole = work.parts && prepareWhole(RED, node, config, work.parts);
  const status = workStatus(RED, node, RED.nodes.getNode(config.domain ?? ''));
  /** Where the messages go that this node got itself, by their ids. */
  const inputs = new Map<string, Outlet>();
  /** A message may take longer to read than the next one. */
  const inOrder = new InOrder();
  let closed = false;

  const setUp = prepareSetUp(RED, config, fields);

  try {
    setUp();
    findConfigNode<DomainNode>(RED, 'domain', config.domain).settings();
  } catch (cause) {
    status.notConfigured(asCasesError(cause));
  }

  node.on('input', (msg, send, done) => {
    status.begin();
    const outlet: Outlet = { node, send, done: (error) => done(error as never) };
    inOrder.add(
      read(msg),
      ({ domain, ...order }) => {
        const isRequest = 'res' in msg;
        const id = domain.accept(work, { nodeId: node.id, msg, ...order });
        inputs.set(id, outlet);
        if (isRequest) unanswered(RED).set(id, msg);
      },
      (cause) => {
        const error = asCasesError(cause);
        const named = inWords(error, fields, config);
        monitors(RED).refused({ node, domainNodeId: config.domain, operation, msg }, named);
        if (closed) void handOn(RED, { nodeId: node.id, msg }, { error });
        else fail(outlet, msg, error);
      },
    );
  });

  /** What a message asks for, and of which domain. Rejects where that is nothing that can be done. */
  async function read(msg: NodeMessage) {
    const { merge, keep } = setUp();
    const domain = findConfigNode<DomainNode>(RED, 'domain', config.domain);
    const whole = (await readWhole?.(msg))?.value;
    const input = work.toInput({ ...(await readFields(msg)), whole }, domain.settings());
    return { domain, input, merge, keep };
  }

  /** The usual one where the node was changed since the message came in and has none that can be used. */
  function usableOutput(): string | undefined {
    try {
      return setUp().output;
    } catch {
      return fields.output?.kind === 'text' ? String(fields.output.default) : undefined;
    }
  }

  function fail(outlet: Outlet, msg: NodeMessage, cause: CasesError): void {
    const error = inWords(cause, fields, config);
    status.end(() => errorStatus(error));
    refuse(RED, outlet, msg, error, operation);
  }

  const taker: Taker = {
    resumed: status.begin,
    doing: status.show,
    ended({ id = '', msg: given }, ending) {
      const msg = given as NodeMessage;
      const outlet = inputs.get(id) ?? outletOf(node, msg);
      inputs.delete(id);
      if ('error' in ending) return fail(outlet, msg, ending.error);
      status.end(ending.result.status);
      passOn(RED, outlet, msg, usableOutput(), ending.result);
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
