import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { type CasesError, reason } from '../../errors/errors';
import { describe } from '../../model/describe';
import type { Result } from '../work/work';
import { copyable, readable, withError, withResult } from './message';

/** Who passes a message on or refuses it: the node that got it, or the one that a deploy put in its place. */
export interface Outlet {
  readonly node: Node;
  /** A list has a message, or several, for each output. */
  readonly send: (msg: NodeMessage | (NodeMessage | NodeMessage[] | null)[]) => void;
  /** Ends the message; a sentence is an error, and the debug sidebar shows it whole, which it does not an Error. */
  readonly done: (error?: string) => void;
}

/** A node for a message that another got: what it is told of an error goes to Catch. */
export const outletOf = (node: Node, msg: NodeMessage): Outlet => ({
  node,
  send: (out) => node.send(out),
  done: (error) => error && node.error(error, msg),
});

/** What was done stays done, so whatever goes wrong here is a warning, not a refusal. */
export function passOn(
  RED: NodeAPI,
  { node, send, done }: Outlet,
  msg: NodeMessage,
  output: string | undefined,
  result: Result,
): void {
  const { outcome, summary = `${outcome[0]?.toUpperCase()}${outcome.slice(1)}` } = result;
  const passed = withResult(RED, msg, output, result);
  if (!passed.hasOutput) {
    const [elsewhere] = Object.keys(result.properties ?? {});
    const alone = elsewhere === undefined ? '' : `: it is in msg.${elsewhere} alone`;
    node.warn(`${summary}, but msg.${output} can't hold ${result.output?.name}${alone}.`);
  }
  const out = hasSeveralWires(node) ? passed.messages.map((each) => copyable(RED, each)) : passed.messages;
  const [first] = out;
  try {
    // Node-RED is fastest with one message by itself.
    if (out.length === 1 && first && !result.port) send(first);
    else send([...new Array<null>(result.port ?? 0).fill(null), out]);
    done();
  } catch (cause) {
    node.warn(`${summary}, but not every node can be told: ${describe(reason(cause))}`);
  }
}

/** With several wires Node-RED copies the message for all but the first. */
const hasSeveralWires = (node: Node & { readonly wires?: readonly (readonly string[])[] }): boolean =>
  (node.wires ?? []).flat().length > 1;

/** Catch gets a copy of the message; where it can't be copied, of what can be. `operation`: which the message was for. */
export function refuse(
  RED: NodeAPI,
  { node, done }: Outlet,
  msg: NodeMessage,
  error: CasesError,
  operation: string,
): void {
  const told = withError(msg, error, operation);
  // Node-RED takes `req` and `res` away while it copies, and leaves them away where that fails.
  const kept = readable(told);
  try {
    if (told === msg) done(error.message);
    else node.error(error.message, told);
  } catch {
    node.error(error.message, copyable(RED, kept));
  }
}
