import { randomUUID } from 'node:crypto';
import type {
  CreateRelatedItemRequest,
  CreateRelatedItemResponse,
  DeleteRelatedItemRequest,
  RelatedItemInputContent,
  RelatedItemType,
  UpdateRelatedItemRequest,
  UpdateRelatedItemResponse,
  UserUnion,
} from '@aws-sdk/client-connectcases';
import { requireContact, requireFile, requireUser } from '../auth/callers';
import { casesArn } from '../model/arn';
import { notFound, quotaExceeded, validation } from '../model/errors';
import { hasContent, knownField, requireFits } from '../model/field-values';
import type { Caller, Case, Event, RelatedItem } from '../state/state';
import { targets } from './cases';
import { presentedContent } from './item-content';
import { findCase, findDomain, nextSequence, required, type World } from './world';

const memberByType = {
  Comment: 'comment',
  ConnectCase: 'connectCase',
  Contact: 'contact',
  Custom: 'custom',
  File: 'file',
  Sla: 'sla',
} as const satisfies Record<RelatedItemType, string>;

export function createRelatedItem(
  world: World,
  request: CreateRelatedItemRequest,
  caller: Caller,
): CreateRelatedItemResponse {
  const parent = findCase(world, request.domainId, request.caseId);
  const type = required(request.type);
  const content = required(request.content);
  if (!(memberByType[type] in content)) {
    throw validation(`The content has to be '${memberByType[type]}', because the type is '${type}'`);
  }
  requireMeaning(world, parent, content, caller);
  requireUser(world, request.performedBy?.userArn, caller);
  const item = addItem(world, parent, type, content, request.performedBy, caller);
  return { relatedItemId: item.id, relatedItemArn: itemArn(parent, item.id, caller) };
}

/** Adds an item that makes sense. Throws where the case has no room for it. */
export function addItem(
  world: World,
  parent: Case,
  type: RelatedItemType,
  content: RelatedItemInputContent,
  performedBy: UserUnion | undefined,
  caller: Caller,
): RelatedItem {
  requireRoom(world, parent, type);
  const createdAt = world.now();
  const item: RelatedItem = {
    id: randomUUID(),
    sequence: nextSequence(world),
    type,
    createdAt,
    tags: {},
    content,
    ...(performedBy && { performedBy }),
    principal: caller.principal,
    ...(targets(content.sla, parent.fields.status?.stringValue) && { metAt: createdAt }),
  };
  world.commit({ kind: 'item', caseId: parent.id, item });
  return item;
}

export const itemArn = (parent: Case, itemId: string, caller: Caller): string =>
  casesArn(caller, `domain/${parent.domainId}/case/${parent.id}/related-item/${itemId}`);

/** Refuses content that the model allows but that makes no sense to the service. */
function requireMeaning(world: World, parent: Case, content: RelatedItemInputContent, caller: Caller): void {
  if (content.contact) {
    requireContact(world, content.contact.contactArn, caller);
  } else if (content.file) {
    requireFile(content.file.fileArn);
  } else if (content.sla) {
    requireSla(world, parent, content.sla.slaInputConfiguration);
  } else if (content.connectCase) {
    const other = findCase(world, parent.domainId, content.connectCase.caseId);
    if (other === parent) throw validation('A case cannot be related to itself');
  } else if (content.custom) {
    requireCustomFields(world, parent, content.custom.fields ?? []);
  }
}

type Sla = NonNullable<NonNullable<RelatedItemInputContent['sla']>['slaInputConfiguration']>;

function requireSla(world: World, { domainId }: Case, sla: Sla | undefined): void {
  const path = 'content.sla.slaInputConfiguration';
  if (sla?.fieldId !== undefined && sla.fieldId !== 'status') {
    throw validation(`Value at '${path}.fieldId' has to be 'status'`);
  }
  for (const value of sla?.targetFieldValues ?? []) {
    const status = knownField(findDomain(world, domainId), 'status', path);
    requireFits(status, value, `${path}.targetFieldValues`);
    if (!hasContent(value)) throw validation(`Value at '${path}.targetFieldValues' must not be empty`);
  }
}

type Fields = NonNullable<NonNullable<RelatedItemInputContent['custom']>['fields']>;

function requireCustomFields(world: World, { domainId }: Case, fields: Fields): void {
  const { customFields } = world.limits;
  if (fields.length > customFields) {
    throw quotaExceeded(`A custom related item can have at most ${customFields} fields`);
  }
  const domain = findDomain(world, domainId);
  const seen = new Set<string>();
  fields.forEach(({ id = '', value }, index) => {
    const path = `content.custom.fields[${index}]`;
    const field = knownField(domain, id, `${path}.id`);
    if (field.namespace !== 'Custom') throw validation(`Field '${id}' at '${path}.id' is not a custom field`);
    if (field.deleted) throw validation(`Field '${id}' at '${path}.id' is deleted`);
    if (seen.has(id)) throw validation(`Field '${id}' at '${path}.id' is given twice`);
    seen.add(id);
    requireFits(field, required(value), `${path}.value`);
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

export function updateRelatedItem(
  world: World,
  request: UpdateRelatedItemRequest,
  caller: Caller,
): UpdateRelatedItemResponse {
  const parent = findCase(world, request.domainId, request.caseId);
  const item = findItem(parent, request.relatedItemId);
  const content = required(request.content) as RelatedItemInputContent;
  if (!(memberByType[item.type] in content)) {
    throw validation(
      `The content has to be '${memberByType[item.type]}', because the item is a ${item.type}`,
    );
  }
  if (content.custom) requireCustomFields(world, parent, content.custom.fields ?? []);
  const { performedBy } = request;
  requireUser(world, performedBy?.userArn, caller);
  world.commit({
    kind: 'item-updated',
    caseId: parent.id,
    itemId: item.id,
    content,
    ...(performedBy && { updatedBy: performedBy }),
    event: itemEvent(world, 'RelatedItem.Updated', item, performedBy, caller),
  });
  return {
    relatedItemId: item.id,
    relatedItemArn: itemArn(parent, item.id, caller),
    type: item.type,
    content: presentedContent(world, { ...item, content }),
    associationTime: new Date(item.createdAt),
    tags: item.tags,
    ...(performedBy && { lastUpdatedUser: performedBy }),
    ...(item.performedBy && { createdBy: item.performedBy }),
  };
}

export function deleteRelatedItem(world: World, request: DeleteRelatedItemRequest, caller: Caller): object {
  const parent = findCase(world, request.domainId, request.caseId);
  const item = findItem(parent, request.relatedItemId);
  if (item.type === 'File') {
    throw validation('A related item of type File is deleted with the DeleteAttachedFile API');
  }
  const event = itemEvent(world, 'RelatedItem.Deleted', item, undefined, caller);
  world.commit({ kind: 'item-deleted', caseId: parent.id, itemId: item.id, event });
  return {};
}

function findItem({ items }: Case, relatedItemId: string | undefined): RelatedItem {
  const item = items.find(({ id }) => id === relatedItemId);
  if (!item) throw notFound('RelatedItem', required(relatedItemId));
  return item;
}

const itemEvent = (
  world: World,
  type: Event['type'],
  item: RelatedItem,
  performedBy: UserUnion | undefined,
  { principal }: Caller,
): Event => ({
  id: randomUUID(),
  type,
  at: world.now(),
  itemType: item.type,
  itemId: item.id,
  fields: [],
  ...(performedBy && { performedBy }),
  principal,
});
