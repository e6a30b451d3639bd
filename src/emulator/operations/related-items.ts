import { randomUUID } from 'node:crypto';
import type {
  CreateRelatedItemRequest,
  CreateRelatedItemResponse,
  DeleteRelatedItemRequest,
  DeleteRelatedItemResponse,
  RelatedItemInputContent,
  RelatedItemType,
} from '@aws-sdk/client-connectcases';
import { requireAllowed, requireArn, requireUser } from '../auth/callers';
import { casesArn } from '../model/arn';
import { notFound, quotaExceeded, validation } from '../model/errors';
import { knownField, requireFits } from '../model/field-values';
import type { Caller, Case, RelatedItem, World } from '../state/state';
import { findCase } from './cases';

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
