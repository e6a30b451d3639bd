import type { NodeAPI } from 'node-red';
import type { WaitingGroup, WaitingPage, WaitingRequest } from '../../../definition/overview/lists';
import type { DeliveryView, WaitingList } from '../../../delivery/observing/view';
import type { StoredMessage } from '../../../delivery/store/message-store';
import { madeOf } from '../../whereabouts';
import type { DomainMonitor } from '../counting/domain-monitor';
import { monitors } from '../monitors';
import { longestPage } from '../requests';
import { caseIdOf, preview } from './preview';
import { sensitiveTexts } from './sensitive';

/** Messages that are shown as one: of one case, or of the same operation where the case is not known. */
interface Group {
  readonly key: string;
  count: number;
  /** The one that came first. */
  first: StoredMessage;
}

type Test = (message: StoredMessage) => boolean;

/** A page of what waits, in the order in which it began to wait; what is for no known case comes last. */
export function waitingPage(RED: NodeAPI, monitor: DomainMonitor, asked: WaitingRequest): WaitingPage {
  const { skip = 0, limit = longestPage, nodeId, plain = false } = asked;
  const { delivery, workOf } = monitor;
  const { titles } = monitors(RED);
  if (!delivery) return { groups: [], total: 0 };
  const { view } = delivery;
  const isOfNode = nodeId === undefined ? () => true : madeOf(RED, nodeId);
  const isMeant = (message: StoredMessage) => isOfNode(message.nodeId);
  const { groups, total } = groupsOf(view, isMeant, skip, skip + limit);
  const shown = groups.map(({ key, count, first }): WaitingGroup => {
    const { id, nodeId: from, operation, input } = first;
    const hidden = plain ? [] : sensitiveTexts(first, workOf);
    const caseId = caseIdOf(input);
    const title = titles.of(caseId);
    return {
      key,
      ...(caseId !== undefined && { caseId }),
      ...(title !== undefined && { title }),
      operation,
      count,
      first: { id, nodeId: from, at: view.cameAt(first), preview: preview(input, hidden) },
    };
  });
  return { groups: shown, total };
}

/** The groups from one place to another, and how many there are; of other cases next to nothing is looked at. */
function groupsOf(
  view: DeliveryView,
  isMeant: Test,
  from: number,
  to: number,
): { readonly groups: readonly Group[]; readonly total: number } {
  const ofCases: Group[] = [];
  const byOperation = new Map<string, Group>();
  let cases = 0;
  for (const list of view.lists()) {
    const { key } = list;
    if (key === undefined) addTo(byOperation, list, isMeant);
    else if (hasSome(list, isMeant)) {
      if (cases >= from && cases < to) {
        const group = new Map<string, Group>();
        addTo(group, list, isMeant);
        ofCases.push(...group.values());
      }
      cases += 1;
    }
  }
  const others = [...byOperation.values()].slice(Math.max(0, from - cases), Math.max(0, to - cases));
  return { groups: [...ofCases, ...others], total: cases + byOperation.size };
}

/** Names the group of a message: it waits behind others of `key`, or for no other. */
export const groupKey = ({ operation }: StoredMessage, key: string | undefined): string =>
  key === undefined ? `operation ${operation}` : `case ${key}`;

function addTo(groups: Map<string, Group>, list: WaitingList, isMeant: Test): void {
  for (const message of list.messages()) {
    if (!isMeant(message)) continue;
    const key = groupKey(message, list.key);
    const group = groups.get(key);
    if (!group) groups.set(key, { key, count: 1, first: message });
    else {
      group.count += 1;
      if (message.acceptedAt < group.first.acceptedAt) group.first = message;
    }
  }
}

function hasSome(list: WaitingList, isMeant: Test): boolean {
  for (const message of list.messages()) if (isMeant(message)) return true;
  return false;
}
