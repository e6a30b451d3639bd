import type { NodeAPI, NodeMessage } from 'node-red';
import type { CasesError, ErrorReport } from '../../errors/errors';

/** What a flow finds in `msg.relatedItem`. */
export interface RelatedItemResult {
  relatedItemArn: string;
  relatedItemId: string;
  type: string;
  domainId: string;
  caseId: string;
  requestId: string | undefined;
  attempts: number;
  verified: boolean;
  merged?: number;
}

type Message = NodeMessage & { relatedItem?: RelatedItemResult; casesError?: ErrorReport };

/**
 * The incoming message with the item's ARN in `msg[output]` and all about it in `msg.relatedItem`.
 * A message that can't be written to (frozen, for example) is passed on as a copy.
 */
export function withResult(
  RED: NodeAPI,
  msg: Message,
  output: string,
  result: RelatedItemResult,
): NodeMessage {
  return write(msg, (target) => {
    delete target.casesError;
    target.relatedItem = result;
    RED.util.setMessageProperty(target, output, result.relatedItemArn, true);
  });
}

/** The incoming message with `msg.casesError`. */
export function withError(msg: Message, error: CasesError): NodeMessage {
  return write(msg, (target) => {
    target.casesError = error.report('CreateRelatedItem');
  });
}

function write(msg: Message, change: (target: Message) => void): NodeMessage {
  try {
    change(msg);
    return msg;
  } catch {
    const copy = { ...msg };
    change(copy);
    return copy;
  }
}
