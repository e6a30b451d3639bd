import type {
  RelatedItemContent,
  RelatedItemTypeFilter,
  SearchRelatedItemsRequest,
  SearchRelatedItemsResponse,
  SearchRelatedItemsResponseItem,
  SlaStatus,
} from '@aws-sdk/client-connectcases';
import { splitCaseId } from '../model/arn';
import { matches, requireUsable } from '../model/field-values';
import { nextToken, positionOf } from '../model/paging';
import type { RelatedItem, World } from '../state/state';
import { findCase } from './cases';

const minute = 60_000;
const defaultPageSize = 25;

/** Newest first; the service documents no order. */
export function searchRelatedItems(
  world: World,
  request: SearchRelatedItemsRequest,
): SearchRelatedItemsResponse {
  const { id, items } = findCase(world, request.domainId, request.caseId);
  const filters = request.filters ?? [];
  for (const { custom } of filters) if (custom?.fields) requireUsable(world.domain, custom.fields);
  const scope = `related-items/${id}`;
  const before = positionOf(scope, request.nextToken) ?? Number.POSITIVE_INFINITY;
  const size = request.maxResults ?? defaultPageSize;
  const visibleUntil = world.now() - world.lagSeconds * 1000;

  const relatedItems: SearchRelatedItemsResponseItem[] = [];
  let last = 0;
  for (let index = countBefore(items, before) - 1; index >= 0; index -= 1) {
    const item = items[index] as RelatedItem;
    if (item.createdAt > visibleUntil) continue;
    if (filters.length > 0 && !filters.some((filter) => passes(world, filter, item))) continue;
    if (relatedItems.length === size) return { relatedItems, nextToken: nextToken(scope, last) };
    relatedItems.push(presented(world, item));
    last = item.sequence;
  }
  return { relatedItems };
}

/** How many of `items`, which are ordered, have a sequence below `sequence`. */
function countBefore(items: readonly RelatedItem[], sequence: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as RelatedItem).sequence < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}

function presented(world: World, item: RelatedItem): SearchRelatedItemsResponseItem {
  const { id, type, createdAt, performedBy } = item;
  return {
    relatedItemId: id,
    type,
    associationTime: new Date(createdAt),
    content: presentedContent(world, item),
    ...(performedBy && { performedBy }),
    tags: {},
  };
}

/** The content as reads give it: a contact gains its channel, an SLA its status and times. */
export function presentedContent(world: Pick<World, 'now'>, item: RelatedItem): RelatedItemContent {
  const { content, createdAt } = item;
  if (content.contact) {
    return { contact: { ...content.contact, channel: 'VOICE', connectedToSystemTime: new Date(createdAt) } };
  }
  const input = content.sla?.slaInputConfiguration;
  if (!input) return content as RelatedItemContent;
  const { targetSlaMinutes, ...configuration } = input;
  return {
    sla: {
      slaConfiguration: {
        ...configuration,
        status: slaStatus(world, item),
        targetTime: new Date(slaTarget(item)),
        ...(item.metAt !== undefined && { completionTime: new Date(item.metAt) }),
      },
    },
  };
}

const slaTarget = ({ content, createdAt }: RelatedItem): number =>
  createdAt + (content.sla?.slaInputConfiguration?.targetSlaMinutes ?? 0) * minute;

function slaStatus({ now }: Pick<World, 'now'>, item: RelatedItem): SlaStatus {
  const target = slaTarget(item);
  if (item.metAt !== undefined) return item.metAt <= target ? 'Met' : 'NotMet';
  return now() > target ? 'Overdue' : 'Active';
}

function passes(world: World, filter: RelatedItemTypeFilter, item: RelatedItem): boolean {
  const { contact, file, sla, connectCase, custom } = item.content;
  const agrees = (wanted: unknown, actual: unknown) => wanted === undefined || wanted === actual;
  if (filter.contact) {
    const { contactArn, channel } = filter.contact;
    return !!contact && agrees(contactArn, contact.contactArn) && (channel?.includes('VOICE') ?? true);
  }
  if (filter.comment) return item.type === 'Comment';
  if (filter.file) return !!file && agrees(filter.file.fileArn, file.fileArn);
  if (filter.sla) {
    const { name, status } = filter.sla;
    return !!sla && agrees(name, sla.slaInputConfiguration?.name) && agrees(status, slaStatus(world, item));
  }
  if (filter.connectCase) {
    const { caseId } = filter.connectCase;
    const plain = (id = '') => splitCaseId(id).caseId;
    return !!connectCase && (caseId === undefined || plain(caseId) === plain(connectCase.caseId));
  }
  if (!custom) return false;
  const fields = Object.fromEntries((custom.fields ?? []).map(({ id, value }) => [id, value]));
  return !filter.custom?.fields || matches(world.domain, filter.custom.fields, { fields, tags: {} });
}
