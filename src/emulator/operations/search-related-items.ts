import type {
  ListCasesForContactRequest,
  ListCasesForContactResponse,
  SearchAllRelatedItemsRequest,
  SearchAllRelatedItemsResponse,
  SearchAllRelatedItemsSort,
  SearchRelatedItemsRequest,
  SearchRelatedItemsResponse,
  SearchRelatedItemsResponseItem,
} from '@aws-sdk/client-connectcases';
import { requireContact } from '../auth/callers';
import { nextToken, page, positionOf } from '../model/paging';
import type { Caller, RelatedItem } from '../state/state';
import { itemFilter, presentedContent } from './item-content';
import { findCase, findDomain, visibleUntil, type World } from './world';

const defaultPageSize = 25;

/** Newest first; the service documents no order. */
export function searchRelatedItems(
  world: World,
  request: SearchRelatedItemsRequest,
): SearchRelatedItemsResponse {
  const { domainId, items } = findCase(world, request.domainId, request.caseId);
  const passes = itemFilter(world, findDomain(world, domainId), request.filters);
  const scope = 'SearchRelatedItems';
  const [before = Number.POSITIVE_INFINITY] = positionOf(scope, request) ?? [];
  const size = request.maxResults ?? defaultPageSize;
  const until = visibleUntil(world);

  const relatedItems: SearchRelatedItemsResponseItem[] = [];
  let last = 0;
  for (let index = countBefore(items, before as number) - 1; index >= 0; index -= 1) {
    const item = items[index] as RelatedItem;
    if (item.createdAt > until || !passes(item)) continue;
    if (relatedItems.length === size) return { relatedItems, nextToken: nextToken(scope, request, [last]) };
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

function presented(world: World, item: RelatedItem) {
  const { id, type, createdAt, performedBy, tags } = item;
  return {
    relatedItemId: id,
    type,
    associationTime: new Date(createdAt),
    content: presentedContent(world, item),
    ...(performedBy && { performedBy }),
    tags,
  };
}

interface Found extends RelatedItem {
  readonly caseId: string;
}

/** Newest first unless the request sorts. */
export function searchAllRelatedItems(
  world: World,
  request: SearchAllRelatedItemsRequest,
): SearchAllRelatedItemsResponse {
  const domain = findDomain(world, request.domainId);
  const passes = itemFilter(world, domain, request.filters);
  const until = visibleUntil(world);
  const found: Found[] = [];
  for (const { id: caseId, domainId, items } of world.state.cases.values()) {
    if (domainId !== domain.id) continue;
    for (const item of items) if (item.createdAt <= until && passes(item)) found.push({ ...item, caseId });
  }
  found.sort((a, b) => ordered(request.sorts ?? [], a, b));
  const { entries, ...rest } = page('SearchAllRelatedItems', found, request, defaultPageSize);
  return {
    relatedItems: entries.map((item) => ({ ...presented(world, item), caseId: item.caseId })),
    ...rest,
  };
}

function ordered(sorts: readonly SearchAllRelatedItemsSort[], a: Found, b: Found): number {
  for (const { sortProperty, sortOrder } of sorts) {
    const key = sortProperty === 'CaseId' ? 'caseId' : 'createdAt';
    if (a[key] !== b[key]) return a[key] < b[key] === (sortOrder === 'Asc') ? -1 : 1;
  }
  return b.sequence - a.sequence;
}

/** The cases that a contact is linked to, the newest first. */
export function listCasesForContact(
  world: World,
  request: ListCasesForContactRequest,
  caller: Caller,
): ListCasesForContactResponse {
  const domain = findDomain(world, request.domainId);
  requireContact(world, request.contactArn, caller);
  const linked = [...world.state.cases.values()]
    .filter(({ domainId, items }) => domainId === domain.id && items.some(hasContact(request.contactArn)))
    .sort((a, b) => b.sequence - a.sequence);
  const { entries, ...rest } = page('ListCasesForContact', linked, request, 10);
  return { cases: entries.map(({ id, templateId }) => ({ caseId: id, templateId })), ...rest };
}

const hasContact =
  (contactArn: string | undefined) =>
  ({ content }: RelatedItem): boolean =>
    content.contact?.contactArn === contactArn;
