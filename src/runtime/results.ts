import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NodeAPI, NodeMessage } from 'node-red';
import type { DeliveryState } from '../delivery/delivery';
import type { StoredMessage } from '../delivery/store/message-store';
import type { CasesError } from '../errors/errors';
import { idOf } from './palette/message';
import { perNodeRed } from './per-node-red';
import { untold } from './untold';
import { isConfigured } from './whereabouts';
import type { Result } from './work/work';

/** How a message has ended, as its node is told. */
export type Ending = { readonly result: Result } | { readonly error: CasesError };

/** A message that has ended; without an id it never was in a queue. */
type EndedMessage = Pick<StoredMessage, 'nodeId' | 'msg'> & { readonly id?: string };

/** A running node as the results of its messages see it; those that another node with its id has begun, too. */
export interface Taker {
  /** Passes the result of a message on. */
  ended(message: EndedMessage, ending: Ending): void;
  /** Counts a message that an earlier run of the node has left. */
  resumed(): void;
  /** Shows what the node's messages are doing; `failing` gives how the requests of their domain fail, where they do. */
  doing(state: DeliveryState, failing: () => CasesError | undefined): void;
}

/** Messages with an HTTP response, which can't be written down: by their ids as they came, so that a deploy does not lose it. */
export const unanswered = perNodeRed(() => new Map<string, unknown>());

/** The nodes that run, by their ids. */
export const takers = perNodeRed(() => new Map<string, Taker>());

/**
 * Hands on how a message has ended to the node that it is of, by id: at once, or as soon as the flows run again after
 * a deploy. Where there is no such node any more, the log has it. A promise resolves when it has been handed on.
 * `isKept`: whether a store has the message until then, whatever happens meanwhile. `onUntold` is called where the log has it.
 */
export function handOn(
  RED: NodeAPI,
  message: EndedMessage,
  ending: Ending,
  isKept: () => boolean = () => false,
  onUntold: () => void = () => {},
): Promise<void> | undefined {
  if (handOnNow(RED, message, ending)) return undefined;
  return new Promise((handedOn) => handOnLater(RED, { message, ending, isKept, handedOn, onUntold }));
}

/** False where its node does not run. */
function handOnNow(RED: NodeAPI, message: EndedMessage, ending: Ending): boolean {
  const { id = '', nodeId } = message;
  const taker = takers(RED).get(nodeId);
  if (!taker) return false;
  const asItCame = unanswered(RED).get(id);
  unanswered(RED).delete(id);
  try {
    taker.ended(asItCame ? { id, nodeId, msg: asItCame } : message, ending);
  } catch (cause) {
    const id = idOf(message.msg as NodeMessage);
    RED.log.error(`Connect Cases: the result of message ${id} was not passed on: ${cause}`);
  }
  return true;
}

/** A result that came while its node does not run. */
interface LateResult {
  readonly message: EndedMessage;
  readonly ending: Ending;
  /** A store has its message until it has been handed on, as far as is known now. */
  isKept(): boolean;
  handedOn(): void;
  onUntold(): void;
}

/** What waits for its node, and whether the flows are stopped just now. */
interface Late {
  results: LateResult[];
  isStopped: boolean;
}

/** Nodes told in one go where many are; the event loop has a turn in between. */
const atOnce = 100;

const lateIn = perNodeRed((): Late => ({ results: [], isStopped: false }));

/** A node is closing, so flows are being stopped: none of their nodes gets a message until they run again. */
export function flowsStop(RED: NodeAPI): void {
  const { events } = RED;
  const late = lateIn(RED);
  if (late.isStopped) return;
  late.isStopped = true;
  // A stop that is part of a deploy is followed by a start; after any other the process may end.
  const onState = ({ id, payload }: { id: string; payload?: { state?: string; deploy?: boolean } }) => {
    if (id !== 'runtime-state' || payload?.state !== 'stop' || payload.deploy) return;
    const lost = late.results.filter(({ isKept }) => !isKept());
    late.results = late.results.filter(({ isKept }) => isKept());
    for (const result of lost) tellLog(RED, result);
    untold(RED).say();
  };
  events.on('runtime-event', onState);
  // One listener for all nodes that were closed.
  events.once('flows:started', async () => {
    events.off('runtime-event', onState);
    late.isStopped = false;
    const results = late.results.splice(0);
    for (const [index, result] of results.entries()) {
      handOnLater(RED, result);
      if (index % atOnce === atOnce - 1) await nextTurn();
    }
    untold(RED).say();
  });
}

/** Tells the node that took the place of a closed one, as soon as the flows run again; the log where there is none. */
function handOnLater(RED: NodeAPI, result: LateResult): void {
  const { message, ending, isKept, handedOn } = result;
  const late = lateIn(RED);
  if (late.isStopped) late.results.push(result);
  else if (handOnNow(RED, message, ending)) handedOn();
  // One of a flow that is disabled may be there again after another deploy.
  else if (isKept() && isConfigured(RED, message.nodeId)) late.results.push(result);
  else tellLog(RED, result);
}

function tellLog(RED: NodeAPI, { message, ending, handedOn, onUntold }: LateResult): void {
  onUntold();
  unanswered(RED).delete(message.id ?? '');
  untold(RED).add({ messageId: idOf(message.msg as NodeMessage), outcome: outcomeOf(ending), handedOn });
}

/** How a message has ended, as the log has it. */
const outcomeOf = (ending: Ending): string =>
  'error' in ending ? `${ending.error.code}, created: ${ending.error.created}` : ending.result.outcome;
