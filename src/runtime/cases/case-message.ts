import type { NodeAPI, NodeMessage } from 'node-red';
import { setOutput } from '../item/message';

function put(RED: NodeAPI, msg: NodeMessage, output: string, value: unknown): void {
  if (!setOutput(RED, msg, output, value)) throw new Error(`msg.${output} can't hold the result`);
}

/** The message with a value in one of its properties. Throws where something else is in the way. */
export function withValue(RED: NodeAPI, msg: NodeMessage, output: string, value: unknown): NodeMessage {
  return written(msg, (target) => put(RED, target, output, value));
}

/** The message with all about its case in `msg.case`, and with a value in one of its properties. */
export function withCase(
  RED: NodeAPI,
  msg: NodeMessage,
  output: string | undefined,
  value: unknown,
  details: object,
): NodeMessage {
  return written(msg, (target) => {
    Object.assign(target, { case: details });
    if (output !== undefined) put(RED, target, output, value);
  });
}

/** A message that can't be written to is passed on as a copy; none carries the error of an earlier node. */
function written(
  msg: NodeMessage,
  change: (target: NodeMessage & { casesError?: unknown }) => void,
): NodeMessage {
  const write = (target: NodeMessage & { casesError?: unknown }) => {
    delete target.casesError;
    change(target);
    return target;
  };
  try {
    return write(msg);
  } catch {
    return write({ ...msg });
  }
}
