import { randomUUID } from 'node:crypto';
import type {
  CreateRelatedItemRequest,
  CreateRelatedItemResponse,
  DeleteRelatedItemRequest,
  RelatedItemInputContent,
  UpdateRelatedItemRequest,
  UpdateRelatedItemResponse,
  UserUnion,
} from '@aws-sdk/client-connectcases';
import { requireUser } from '../auth/callers';
import { casesArn } from '../model/arn';
import { notFound, validation } from '../model/errors';
import type { Caller, Case, Event, RelatedItem } from '../state/state';
import { targets } from './case-fields';
import { presentedContent } from './item-content';
import { memberByType, requireCustomFields, requireMeaning, requireRoom } from './item-rules';
import { findChangeableCase, nextSequence, required, type World } from './world';

export function createRelatedItem(
  world: World,
  request: CreateRelatedItemRequest,
  caller: Caller,
): CreateRelatedItemResponse {
  const parent = findChangeableCase(world, request.domainId, request.caseId);
  const type = required(request.type);
  const content = required(request.content);
  if (!(memberByType[type] in content)) {
    throw validation(`The content has to be '${memberByType[type]}', because the type is '${type}'`);
  }
  requireMeaning(world, parent, content, caller);
  requireUser(world, request.performedBy?.userArn, caller);
  requireRoom(world, parent, type);
  const { performedBy } = request;
  const given = { type, content, ...(performedBy && { performedBy }) };
  const item = newItem(world, parent, given, caller, nextSequence(world));
  world.commit({ kind: 'item', caseId: parent.id, item });
  return { relatedItemId: item.id, relatedItemArn: itemArn(parent, item.id, caller) };
}

/** A new item of content that makes sense, in a case that has room for it. */
export function newItem(
  world: World,
  parent: Case,
  { type, content, performedBy }: Pick<RelatedItem, 'type' | 'content' | 'performedBy'>,
  caller: Caller,
  sequence: number,
): RelatedItem {
  const createdAt = world.now();
  return {
    id: randomUUID(),
    sequence,
    type,
    createdAt,
    tags: {},
    content,
    ...(performedBy && { performedBy }),
    principal: caller.principal,
    ...(targets(content.sla, parent.fields.status?.stringValue) && { metAt: createdAt }),
  };
}

export const itemArn = (parent: Case, itemId: string, caller: Caller): string =>
  casesArn(caller, `domain/${parent.domainId}/case/${parent.id}/related-item/${itemId}`);

export function updateRelatedItem(
  world: World,
  request: UpdateRelatedItemRequest,
  caller: Caller,
): UpdateRelatedItemResponse {
  const parent = findChangeableCase(world, request.domainId, request.caseId);
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
  const parent = findChangeableCase(world, request.domainId, request.caseId);
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
  fields: [],
  ...(performedBy && { performedBy }),
  principal,
});
