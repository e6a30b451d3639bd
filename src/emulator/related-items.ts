import { randomUUID } from 'node:crypto';
import type {
  CreateRelatedItemRequest,
  CreateRelatedItemResponse,
  DeleteRelatedItemRequest,
  DeleteRelatedItemResponse,
  RelatedItemContent,
  RelatedItemInputContent,
  RelatedItemType,
  RelatedItemTypeFilter,
  SearchRelatedItemsRequest,
  SearchRelatedItemsResponse,
  SearchRelatedItemsResponseItem,
  SlaStatus,
} from '@aws-sdk/client-connectcases';
import { casesArn, splitCaseId } from './arn';
import { requireAllowed, requireArn, requireUser } from './callers';
import { findCase } from './cases';
import { notFound, quotaExceeded, validation } from './errors';
import { knownField, matches, requireFits, requireUsable } from './field-values';
import { nextToken, positionOf } from './paging';
import type { Caller, Case, RelatedItem, World } from './state';

const memberByType = {
  Comment: 'comment',
  ConnectCase: 'connectCase',
  Contact: 'contact',
  Custom: 'custom',
  File: 'file',
  Sla: 'sla',
} as const satisfies Record<RelatedItemType, string>;

const minute = 60_000;

export function createRelatedItem(
  world: World,
  request: CreateRelatedItemRequest,
  caller: Caller,
): CreateRelatedItemResponse {
  const parent = findCase(world, request.domainId, request.caseId);
  const type = request.type as RelatedItemType;
  const content = request.content as RelatedItemInputContent;
  if (!(memberByType[type] in content)) {
    throw validation(`The content has to be '${memberByType[type]}', because the type is '${type}'`);
  }
  requireMeaning(world, parent, content, caller);
  requireUser(world, request.performedBy?.userArn, caller);
  requireRoom(world, parent, type);

  world.state.lastSequence += 1;
  const createdAt = world.now();
  const item: RelatedItem = {
    id: randomUUID(),
    sequence: world.state.lastSequence,
    type,
    createdAt,
    content,
    ...(request.performedBy && { performedBy: request.performedBy }),
    ...(content.sla && isMet(parent, content) && { metAt: createdAt }),
  };
  parent.items.push(item);
  world.changed({ kind: 'item', case: parent, item });
  const resource = `domain/${world.domain.id}/case/${parent.id}/related-item/${item.id}`;
  return { relatedItemId: item.id, relatedItemArn: casesArn(caller, resource) };
}

/** Refuses content that the model allows but that makes no sense to the service. */
function requireMeaning(world: World, parent: Case, content: RelatedItemInputContent, caller: Caller): void {
  if (content.contact) {
    const contactArn = requireArn(content.contact.contactArn, 'content.contact.contactArn');
    requireAllowed(world, 'connect:DescribeContact', contactArn, caller);
  } else if (content.file) {
    requireArn(content.file.fileArn, 'content.file.fileArn');
  } else if (content.sla) {
    requireSla(world, content.sla.slaInputConfiguration);
  } else if (content.connectCase) {
    const other = findCase(world, world.domain.id, content.connectCase.caseId);
    if (other === parent) throw validation('A case cannot be related to itself');
  } else if (content.custom) {
    requireCustomFields(world, content.custom.fields ?? []);
  }
}

type Sla = NonNullable<NonNullable<RelatedItemInputContent['sla']>['slaInputConfiguration']>;

function requireSla({ domain }: World, sla: Sla | undefined): void {
  const path = 'content.sla.slaInputConfiguration';
  if (sla?.fieldId !== undefined && sla.fieldId !== 'status') {
    throw validation(`Value at '${path}.fieldId' has to be 'status'`);
  }
  for (const value of sla?.targetFieldValues ?? []) {
    requireFits(knownField(domain, 'status', path), value, `${path}.targetFieldValues`);
    if (value.emptyValue) throw validation(`Value at '${path}.targetFieldValues' must not be empty`);
  }
}

type Fields = NonNullable<NonNullable<RelatedItemInputContent['custom']>['fields']>;

function requireCustomFields({ domain, limits }: World, fields: Fields): void {
  if (fields.length > limits.customFields) {
    throw quotaExceeded(`A custom related item can have at most ${limits.customFields} fields`);
  }
  const seen = new Set<string>();
  fields.forEach(({ id = '', value = {} }, index) => {
    const path = `content.custom.fields[${index}]`;
    const field = knownField(domain, id, `${path}.id`);
    if (field.namespace !== 'Custom') throw validation(`Field '${id}' at '${path}.id' is not a custom field`);
    if (seen.has(id)) throw validation(`Field '${id}' at '${path}.id' is given twice`);
    seen.add(id);
    requireFits(field, value as Parameters<typeof requireFits>[1], `${path}.value`);
  });
}

function requireRoom({ limits }: World, { items }: Case, type: RelatedItemType): void {
  const full = (limit: number, count: () => number) => limit !== Number.POSITIVE_INFINITY && count() >= limit;
  const ofType = () => items.filter((item) => item.type === type).length;
  if (full(limits.relatedItems, () => items.length)) {
    throw quotaExceeded(`The case has ${limits.relatedItems} related items, the most that a case can have`);
  }
  if (type === 'File' && full(limits.files, ofType)) {
    throw quotaExceeded(`The case has ${limits.files} files, the most that a case can have`);
  }
  if (type === 'Sla' && full(limits.slas, ofType)) {
    throw quotaExceeded(`The case has ${limits.slas} SLAs, the most that a case can have`);
  }
}

function isMet(parent: Case, content: RelatedItemInputContent): boolean {
  const wanted = content.sla?.slaInputConfiguration?.targetFieldValues ?? [];
  return wanted.some(({ stringValue }) => stringValue === parent.fields.status?.stringValue);
}

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

export function deleteRelatedItem(
  world: World,
  { domainId, caseId, relatedItemId }: DeleteRelatedItemRequest,
): DeleteRelatedItemResponse {
  const parent = findCase(world, domainId, caseId);
  const index = parent.items.findIndex(({ id }) => id === relatedItemId);
  const item = parent.items[index];
  if (!item) throw notFound('RelatedItem', relatedItemId as string);
  if (item.type === 'File') {
    throw validation('A related item of type File is deleted with the DeleteAttachedFile API');
  }
  parent.items.splice(index, 1);
  world.changed({ kind: 'item-deleted', case: parent, item });
  return {};
}
