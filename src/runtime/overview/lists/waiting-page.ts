import type { WaitingGroup, WaitingPage, WaitingRequest } from '../../../definition/overview/lists';
import type { DeliveryView } from '../../../delivery/observing/view';
import type { StoredMessage } from '../../../delivery/store/message-store';
import type { DomainMonitor } from '../counting/domain-monitor';
import { longestPage } from '../requests';
import { caseIdOf, preview } from './preview';
import { sensitiveTexts } from './sensitive';

/** Messages that are shown as one: of one case, or of the same operation where the case is not known. */
interface Group {
  readonly key: string;
  readonly lists: Iterable<StoredMessage>[];
}

/** A page of what waits, in the order in which it began to wait. */
export function waitingPage(monitor: DomainMonitor, asked: WaitingRequest): WaitingPage {
  const { skip = 0, limit = longestPage, nodeId, plain = false } = asked;
  const { delivery, workOf } = monitor;
  if (!delivery) return { groups: [], total: 0 };
  const { view } = delivery;
  const groups = groupsOf(view, nodeId);
  const show = ({ key, lists }: Group): WaitingGroup[] => {
    let first: StoredMessage | undefined;
    let count = 0;
    for (const messages of lists) {
      for (const message of messages) {
        if (nodeId !== undefined && message.nodeId !== nodeId) continue;
        if (!first || message.acceptedAt < first.acceptedAt) first = message;
        count += 1;
      }
    }
    if (!first) return [];
    const { id, nodeId: from, attempts, operation, input } = first;
    const hidden = plain ? [] : sensitiveTexts(first, workOf);
    const caseId = caseIdOf(input);
    return [
      {
        key,
        ...(caseId !== undefined && { caseId }),
        operation,
        count,
        first: { id, nodeId: from, at: view.cameAt(first), preview: preview(input, hidden), attempts },
      },
    ];
  };
  return { groups: groups.slice(skip, skip + limit).flatMap(show), total: groups.length };
}

function groupsOf(view: DeliveryView, nodeId: string | undefined): Group[] {
  const groups: Group[] = [];
  const byOperation = new Map<string, Group>();
  for (const { key, messages } of view.lists()) {
    const first = firstOf(messages(), nodeId);
    if (!first) continue;
    const list = { [Symbol.iterator]: () => messages()[Symbol.iterator]() };
    const known = key === undefined ? byOperation.get(first.operation) : undefined;
    if (known) known.lists.push(list);
    else {
      const group = { key: groupKey(first, key), lists: [list] };
      groups.push(group);
      if (key === undefined) byOperation.set(first.operation, group);
    }
  }
  return groups;
}

/** Names the group of a message: it waits behind others of `key`, or for no other. */
export const groupKey = ({ operation }: StoredMessage, key: string | undefined): string =>
  key === undefined ? `operation ${operation}` : `case ${key}`;

function firstOf(messages: Iterable<StoredMessage>, nodeId: string | undefined): StoredMessage | undefined {
  for (const message of messages) if (nodeId === undefined || message.nodeId === nodeId) return message;
  return undefined;
}
