import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { ValueType } from '../definition';
import { CasesError } from '../errors';
import { unreadable } from '../mapping/snapshot';

/** Reads one typed value of a node out of a message. Rejects with a `CasesError` that names `path`. */
export type Resolve = (msg: NodeMessage) => Promise<unknown>;

/**
 * How to read a typed property (`value` and its twin `type`), prepared once for a node: a JSONata
 * expression is parsed here, and a mistake in it is told with every message.
 */
export function prepareResolve(
  RED: NodeAPI,
  node: Node,
  { value, type, path }: { value: string; type: ValueType; path: string },
): Resolve {
  if (type === 'jsonata') return prepareJsonata(RED, node, value, path);
  return (msg) => read(path, (end) => RED.util.evaluateNodeProperty(value, type, node, msg, end));
}

function prepareJsonata(RED: NodeAPI, node: Node, value: string, path: string): Resolve {
  let expression: ReturnType<NodeAPI['util']['prepareJSONataExpression']>;
  try {
    expression = RED.util.prepareJSONataExpression(value, node);
  } catch (cause) {
    const error = new CasesError(
      'NOT_CONFIGURED',
      `The expression for ${path} has a mistake: ${reason(cause)}`,
      {
        field: path,
      },
    );
    return () => Promise.reject(error);
  }
  return (msg) => read(path, (end) => RED.util.evaluateJSONataExpression(expression, msg, end));
}

/** What `evaluate` hands to its callback; whatever it raises, at once or later, names `path`. */
const read = (path: string, evaluate: (end: (error: Error | null, result: unknown) => void) => void) =>
  new Promise<unknown>((resolve, reject) => {
    evaluate((error, result) => (error ? reject(error) : resolve(result)));
  }).catch((cause) => {
    throw unreadable(path, cause);
  });

/** The text of whatever was thrown; JSONata throws plain objects. */
const reason = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : String(cause);
