import type { NodeStatus } from 'node-red';
import { englishStatus, type StatusKey, type StatusParams } from '../definition/status';
import type { DeliveryState } from '../delivery/delivery';
import type { CasesError } from '../errors/errors';
import { fill as filled } from '../errors/messages';

/** A status in English; a flow finds what it is made of beside its text. */
function status(
  fill: NodeStatus['fill'],
  shape: NodeStatus['shape'],
  key: StatusKey,
  params: StatusParams = {},
): NodeStatus {
  return { fill, shape, text: filled(englishStatus[key], { ...params }), key, ...params } as NodeStatus;
}

/** What the messages under way are doing, how many there are, and how the requests of their domain fail, where they do. */
export function underWayStatus(state: DeliveryState, count: number, failing?: CasesError): NodeStatus {
  if (state === 'throttled' || state === 'offline') return status('yellow', 'ring', state, { count });
  if (failing) return status('yellow', 'ring', 'failing', { code: failing.code, count });
  return count > 1 ? status('blue', 'ring', 'waiting', { count }) : status('blue', 'dot', 'sending');
}

/** A status that is put into words only where it is shown: messages end more often than people look. */
export type Status = () => NodeStatus;

/** That something was made, which the editor knows by the node's type, and when, in milliseconds since 1970. */
export const doneStatus =
  (at: number): Status =>
  () =>
    status('green', 'dot', 'done', { time: timeOf(at) });

/** How many were found, and when. */
export const foundStatus =
  (count: number, at: number): Status =>
  () =>
    status('green', 'dot', 'found', { count, time: timeOf(at) });

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** That there is no such case. */
export const noCaseStatus: Status = () => status('grey', 'dot', 'noCase');

/** The error's code in words; of what is missing, what it is. */
export function errorStatus({ code, details: { field, resourceType } }: CasesError): NodeStatus {
  if (code === 'NOT_CONFIGURED' && field === 'domain') return status('red', 'ring', 'notConfigured');
  const isKnown = code === 'NOT_FOUND' && (resourceType === 'Case' || resourceType === 'Domain');
  return status('red', 'ring', isKnown ? `${code}_${resourceType}` : code);
}
