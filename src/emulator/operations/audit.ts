import type {
  AuditEvent,
  AuditEventField,
  GetCaseAuditEventsRequest,
  GetCaseAuditEventsResponse,
  UserUnion,
} from '@aws-sdk/client-connectcases';
import { page } from '../model/paging';
import type { Caller, Case, Event, FieldChange } from '../state/state';
import { findCase, type World } from './world';

/** What happened to a case, the newest first. */
export function getCaseAuditEvents(
  world: World,
  request: GetCaseAuditEventsRequest,
  caller: Caller,
): GetCaseAuditEventsResponse {
  const found = findCase(world, request.domainId, request.caseId);
  const { entries, ...rest } = page('GetCaseAuditEvents', eventsOf(found), request, 25);
  return { auditEvents: entries.map((event) => presented(event, caller)), ...rest };
}

/** An event, or an item or a case that was added. */
type Happened = Omit<Event, 'type'> & { readonly type: AuditEvent['type'] };

function eventsOf({ id, createdAt, items, history, ...record }: Case): Happened[] {
  const opened: Happened = {
    id,
    type: 'Case.Created',
    at: createdAt,
    fields: Object.entries(firstFields(record.fields, history)).map(([fieldId, after]) => ({
      id: fieldId,
      ...(after && { after }),
    })),
    ...by(record),
  };
  const added = items.map(
    (item): Happened => ({
      id: item.id,
      type: 'RelatedItem.Created',
      at: item.createdAt,
      itemType: item.type,
      fields: [],
      ...by(item),
    }),
  );
  return [opened, ...added, ...history].sort((a, b) => b.at - a.at);
}

/** The fields with which a case was opened. */
function firstFields(
  fields: Case['fields'],
  history: readonly Event[],
): Record<string, FieldChange['after']> {
  const first: Record<string, FieldChange['after']> = { ...fields };
  for (const { fields: changed } of history.toReversed()) {
    for (const { id, before } of changed) {
      if (before) first[id] = before;
      else delete first[id];
    }
  }
  return first;
}

/** Who did it, as far as that is known. */
export const by = ({ performedBy, principal }: { performedBy?: UserUnion; principal?: string }) => ({
  ...(performedBy && { performedBy }),
  ...(principal !== undefined && { principal }),
});

function presented(
  { id, type, at, itemType, fields, performedBy, principal }: Happened,
  caller: Caller,
): AuditEvent {
  return {
    eventId: id,
    type,
    performedTime: new Date(at),
    ...(itemType && { relatedItemType: itemType }),
    fields: fields.map(auditField),
    performedBy: {
      ...(performedBy && { user: performedBy }),
      iamPrincipalArn: principal ?? caller.principal,
    },
  };
}

const auditField = ({ id, before, after }: FieldChange): AuditEventField => ({
  eventFieldId: id,
  ...(before && { oldValue: before }),
  newValue: after ?? { emptyValue: {} },
});
