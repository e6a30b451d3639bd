import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { ValueType } from '../../definition/field';
import { CasesError } from '../../errors/errors';
import { reason, unreadable } from '../../mapping/snapshot';
import { given } from '../config/environment';

/** Reads one typed value of a node out of a message. Rejects with a `CasesError` that names `path`. */
export type Resolve = (msg: NodeMessage) => Promise<unknown>;

/** Which property an error names, and whether it may say more. */
interface Place {
  readonly path: string;
  readonly sensitive?: true | undefined;
}

/**
 * How to read a typed property (`value` and its twin `type`), prepared once for a node: a JSONata
 * expression is parsed here, and a mistake in it is told with every message.
 */
export function prepareResolve(
  RED: NodeAPI,
  node: Node,
  { value, type, ...place }: Place & { readonly value: string; readonly type: ValueType },
): Resolve {
  if (type === 'jsonata') return prepareJsonata(RED, node, value, place);
  return async (msg) => {
    const text = type === 'env' ? value : given(value, `the node's ${place.path}`, place.path);
    return read(place, (end) => RED.util.evaluateNodeProperty(text, type, node, msg, end));
  };
}

function prepareJsonata(RED: NodeAPI, node: Node, value: string, place: Place): Resolve {
  let expression: ReturnType<NodeAPI['util']['prepareJSONataExpression']>;
  try {
    expression = RED.util.prepareJSONataExpression(value, node);
  } catch (cause) {
    const { path, sensitive } = place;
    const mistake = sensitive ? 'Open the node to see it.' : String(reason(cause));
    const text = `The expression for ${path} has a mistake: ${mistake}`;
    const error = new CasesError('NOT_CONFIGURED', text, { field: path });
    return () => Promise.reject(error);
  }
  return (msg) => read(place, (end) => RED.util.evaluateJSONataExpression(expression, msg, end));
}

/** What `evaluate` hands to its callback; whatever it raises, at once or later, names `path`. */
const read = (
  { path, sensitive }: Place,
  evaluate: (end: (error: Error | null, result: unknown) => void) => void,
) =>
  new Promise<unknown>((resolve, reject) => {
    evaluate((error, result) => (error ? reject(error) : resolve(result)));
  }).catch((cause) => {
    throw unreadable(path, cause, sensitive);
  });
