import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import { perNodeRed } from './per-node-red';
import { untold } from './untold';
import { isConfigured } from './whereabouts';

/** A result that came while its node does not run. */
interface LateResult {
  readonly nodeId: string;
  readonly messageId: string;
  /** What the log says of it where no node can be told. */
  readonly outcome: string;
  /** A store has its message until it has been handed on. */
  readonly isKept: boolean;
  /** Tells the node that has the closed one's id now; false where there is none. */
  pass(): boolean;
  handedOn(): void;
  /** There is no such node any more; the log is told next. */
  untold?(): void;
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
    const lost = late.results.filter(({ isKept }) => !isKept);
    late.results = late.results.filter(({ isKept }) => isKept);
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
export function handOnLater(RED: NodeAPI, result: LateResult): void {
  const late = lateIn(RED);
  if (late.isStopped) late.results.push(result);
  else handOn(RED, result);
}

function handOn(RED: NodeAPI, result: LateResult): void {
  if (result.pass()) result.handedOn();
  // One of a flow that is disabled may be there again after another deploy.
  else if (result.isKept && isConfigured(RED, result.nodeId)) lateIn(RED).results.push(result);
  else tellLog(RED, result);
}

function tellLog(RED: NodeAPI, result: LateResult): void {
  result.untold?.();
  untold(RED).add(result);
}
