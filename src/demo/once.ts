import RED from 'node-red';
import { injectId, itemId } from './flow';
import type { RunningNodeRed } from './node-red';

/** Milliseconds that one item may take, start of the SDK included. */
const patience = 30_000;

interface SendEvent {
  readonly source: { readonly id: string };
  readonly msg: { readonly payload?: unknown };
}
interface CompleteEvent {
  readonly node: { readonly id: string };
  readonly error?: Error;
}

/**
 * Presses the inject button of each item node and resolves with what they put out, in their order.
 * Rejects with the first error, or where a node says nothing for half a minute.
 */
export async function runOnce(nodeRed: RunningNodeRed, bases: readonly string[]): Promise<string[]> {
  const arns: string[] = [];
  for (const base of bases) {
    const arn = outputOf(itemId(base));
    await nodeRed.inject(injectId(base));
    arns.push(await arn);
  }
  return arns;
}

function outputOf(nodeId: string): Promise<string> {
  let timer: NodeJS.Timeout;
  return new Promise<string>((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${nodeId} gave no answer within 30 seconds.`)), patience);
    RED.hooks.add(`onSend.${nodeId}`, (events: SendEvent[]) => {
      const sent = events.find(({ source }) => source.id === nodeId);
      if (sent) resolve(String(sent.msg.payload));
    });
    RED.hooks.add(`onComplete.${nodeId}`, ({ node, error }: CompleteEvent) => {
      if (node.id === nodeId && error) reject(error);
    });
  }).finally(() => {
    clearTimeout(timer);
    RED.hooks.remove(`*.${nodeId}`);
  });
}
