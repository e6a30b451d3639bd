import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { ValueType } from '../../definition/field';
import { CasesError, invalidInput, reason } from '../../errors/errors';
import { unreadable } from '../../mapping/unreadable';
import { describe } from '../../model/describe';
import { given } from '../config/environment';

/** A value as it was found. It is wrapped since it may be a Promise, which is to be refused, not to be awaited. */
interface Found {
  readonly value: unknown;
}

/** Reads one typed value of a node out of a message. Rejects with a `CasesError` that names `path`. */
export type Resolve = (msg: NodeMessage) => Promise<Found>;

/** How long a context store or an expression may take; one that waits for a Promise in the message may take for ever. */
const maxSeconds = 10;

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
    if (type === 'num') return { value: numberOf(text, place) };
    return read(place, (end) => RED.util.evaluateNodeProperty(text, type, node, msg, end));
  };
}

function prepareJsonata(RED: NodeAPI, node: Node, value: string, place: Place): Resolve {
  let expression: ReturnType<NodeAPI['util']['prepareJSONataExpression']>;
  try {
    expression = RED.util.prepareJSONataExpression(value, node);
  } catch (cause) {
    const { path, sensitive } = place;
    const mistake = sensitive ? 'Open the node to see it.' : textOf(reason(cause));
    const text = `The expression for ${path} has a mistake: ${mistake}`;
    const error = new CasesError('NOT_CONFIGURED', text, { field: path });
    return () => Promise.reject(error);
  }
  return (msg) => read(place, (end) => RED.util.evaluateJSONataExpression(expression, msg, end));
}

const textOf = (thrown: unknown): string => (typeof thrown === 'string' ? thrown : describe(thrown));

/** A number that is typed in. Throws `INVALID_INPUT` for what only looks like one, such as `12,5`. */
function numberOf(text: string, { path, sensitive }: Place): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw invalidInput({ path, rule: 'type', params: { expected: 'double', got: describe(text, sensitive) } });
}

type End = (...result: [error: unknown, value?: unknown]) => void;

/** What `evaluate` hands to its callback; whatever it raises, at once or later, names `path`. */
const read = ({ path, sensitive }: Place, evaluate: (end: End) => void) =>
  new Promise<Found>((resolve, reject) => {
    let late: NodeJS.Timeout | undefined;
    let ended = false;
    evaluate((...result) => {
      ended = true;
      clearTimeout(late);
      const [error, value] = result;
      // A getter may throw anything, also nothing.
      if (error || result.length === 1) reject(error);
      else resolve({ value });
    });
    if (ended) return;
    late = setTimeout(reject, maxSeconds * 1000, `it did not come within ${maxSeconds} s`);
    late.unref();
  }).catch((cause) => {
    throw unreadable(path, cause, sensitive);
  });
