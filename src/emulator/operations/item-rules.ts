import type { RelatedItemInputContent, RelatedItemType } from '@aws-sdk/client-connectcases';
import { requireContact, requireFile } from '../auth/callers';
import { quotaExceeded, validation } from '../model/errors';
import { hasContent, knownField, requireFits } from '../model/field-values';
import type { Caller, Case } from '../state/state';
import { findCase, findDomain, required, type World } from './world';

/** The member of the content that holds an item of each type. */
export const memberByType = {
  Comment: 'comment',
  ConnectCase: 'connectCase',
  Contact: 'contact',
  Custom: 'custom',
  File: 'file',
  Sla: 'sla',
} as const satisfies Record<RelatedItemType, string>;

/** Refuses content that the model allows but that makes no sense to the service. */
export function requireMeaning(
  world: World,
  parent: Case,
  content: RelatedItemInputContent,
  caller: Caller,
): void {
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

/** Refuses fields that a custom item can't have. */
export function requireCustomFields(world: World, { domainId }: Case, fields: Fields): void {
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

/** Refuses an item for which the case has no room. */
export function requireRoom({ limits }: World, { items }: Case, type: RelatedItemType): void {
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
