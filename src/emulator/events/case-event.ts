import { randomUUID } from 'node:crypto';
import type { FieldValueUnion, UserUnion } from '@aws-sdk/client-connectcases';
import { casesArn, localUser } from '../model/arn';
import { by } from '../operations/audit';
import { presentedContent } from '../operations/item-content';
import { required } from '../operations/world';
import type { Place } from '../service';
import type { Change } from '../state/change';
import type { Case, Domain, Event, RelatedItem, State } from '../state/state';

/** What happened to a case, before it is put into the form of EventBridge. */
interface Happened {
  readonly eventType: string;
  readonly at: number;
  readonly domainId: string;
  readonly caseId: string;
  readonly performedBy?: UserUnion;
  readonly principal?: string;
  readonly detail: object;
  readonly itemId?: string;
}

/**
 * The event of a change that has just happened to `state`, as EventBridge hands it on; undefined where the domain's
 * configuration asks for none.
 */
export function caseEvent(change: Change, state: State, place: Place, now: number): object | undefined {
  const happened = happenedIn(change, state, now);
  if (!happened) return undefined;
  const { eventType, at, domainId, caseId, itemId, performedBy, principal, detail } = happened;
  const paths = [`domain/${domainId}`, `domain/${domainId}/case/${caseId}`];
  if (itemId !== undefined) paths.push(`${paths[1]}/related-item/${itemId}`);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Amazon Connect Cases Change',
    source: 'aws.cases',
    account: place.account,
    time: new Date(at).toISOString().replace(/\.\d+/, ''),
    region: place.region,
    resources: paths
      .filter((_, index) => index === 0 || index === paths.length - 1)
      .map((path) => casesArn(place, path)),
    detail: {
      version: '0',
      eventType,
      approximateChangeTime: new Date(at).toISOString(),
      ...detail,
      performedBy: {
        ...(performedBy && { user: performedBy }),
        iamPrincipalArn: principal ?? localUser(place.account),
      },
    },
  };
}

function happenedIn(change: Change, state: State, now: number): Happened | undefined {
  if (change.kind === 'case-deleted') {
    const { caseId, domainId } = change;
    const isWanted = domainId !== undefined && state.domains.get(domainId)?.events?.enabled;
    return isWanted
      ? { eventType: 'CASE.DELETED', at: now, domainId, caseId, detail: { case: { caseId } } }
      : undefined;
  }
  const caseId = change.kind === 'case' ? change.case.id : 'caseId' in change ? change.caseId : '';
  const found = state.cases.get(caseId);
  const domain = found && state.domains.get(found.domainId);
  if (!found || !domain?.events?.enabled) return undefined;
  const common = { domainId: domain.id, caseId };
  switch (change.kind) {
    case 'case': {
      const detail = { changedFieldIds: Object.keys(found.fields), case: caseView(domain, found) };
      return { eventType: 'CASE.CREATED', at: found.createdAt, ...common, ...by(found), detail };
    }
    case 'case-updated': {
      const { event } = change;
      const detail = { changedFieldIds: event.fields.map(({ id }) => id), case: caseView(domain, found) };
      return { eventType: 'CASE.UPDATED', at: event.at, ...common, ...by(event), detail };
    }
    case 'item':
      return ofItem(
        domain,
        change.caseId,
        change.item,
        'RELATED_ITEM.CREATED',
        change.item.createdAt,
        change.item,
      );
    case 'item-updated': {
      const item = found.items.find(({ id }) => id === change.itemId);
      return item && ofItem(domain, caseId, item, 'RELATED_ITEM.UPDATED', change.event.at, change.event);
    }
    case 'item-deleted': {
      const { event, itemId } = change;
      const relatedItem = { relatedItemType: event.itemType, relatedItemId: itemId, caseId };
      return {
        eventType: 'RELATED_ITEM.DELETED',
        at: event.at,
        ...common,
        itemId,
        ...by(event),
        detail: { relatedItem },
      };
    }
    default:
      return undefined;
  }
}

/** The case with those of its fields that the configuration names, as they are now. */
function caseView({ events }: Domain, { id, templateId, createdAt, fields }: Case): object {
  const wanted = events?.includedData?.caseData?.fields;
  const ids = wanted?.map((field) => required(field.id)).filter((fieldId) => fields[fieldId]);
  return {
    caseId: id,
    templateId,
    createdDateTime: new Date(createdAt).toISOString(),
    ...(ids && {
      fields: Object.fromEntries(
        ids.map((fieldId) => [fieldId, { value: fields[fieldId] as FieldValueUnion }]),
      ),
    }),
  };
}

function ofItem(
  { id: domainId, events }: Domain,
  caseId: string,
  item: RelatedItem,
  eventType: string,
  at: number,
  actor: Pick<Event, 'performedBy' | 'principal'>,
): Happened {
  const content = presentedContent({ now: () => at }, item);
  const withContent = events?.includedData?.relatedItemData?.includeContent;
  const [member = ''] = Object.keys(content);
  const detail = {
    changedAttributes: [member === 'comment' ? 'comment.commentText' : member],
    relatedItem: {
      relatedItemType: item.type,
      relatedItemId: item.id,
      caseId,
      createdDateTime: new Date(item.createdAt).toISOString(),
      ...(withContent && content),
    },
  };
  return { eventType, at, domainId, caseId, itemId: item.id, ...by(actor), detail };
}
