import type { NodeStatus } from 'node-red';
import { type StatusWords, writeStatus } from '../definition/status';
import type { DeliveryState } from '../delivery/delivery';
import type { CasesError } from '../errors/errors';

const status = (
  fill: NodeStatus['fill'],
  shape: NodeStatus['shape'],
  name: string,
  params?: StatusWords['params'],
): NodeStatus =>
  ({ fill, shape, text: writeStatus({ key: `status.${name}`, ...(params && { params }) }) }) as NodeStatus;

/** What the messages under way are doing, and how many there are. */
export function underWayStatus(state: DeliveryState, count: number): NodeStatus {
  if (state === 'throttled' || state === 'offline') return status('yellow', 'ring', state, { count });
  return count > 1 ? status('blue', 'ring', 'waiting', { count }) : status('blue', 'dot', 'sending');
}

/** What was made, which the editor knows by the node's type, and when, in milliseconds since 1970. */
export const doneStatus = (at: number): NodeStatus => status('green', 'dot', 'done', { at });

/** The error's code in words; of what is missing, what it is. */
export function errorStatus({ code, details: { field, resourceType } }: CasesError): NodeStatus {
  if (code === 'NOT_CONFIGURED' && field === 'domain') return status('red', 'ring', 'notConfigured');
  const isKnown = code === 'NOT_FOUND' && (resourceType === 'Case' || resourceType === 'Domain');
  return status('red', 'ring', isKnown ? `${code}_${resourceType}` : code);
}
