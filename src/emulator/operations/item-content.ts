import type { RelatedItemContent, RelatedItemTypeFilter, SlaStatus } from '@aws-sdk/client-connectcases';
import { splitCaseId } from '../model/arn';
import { matches, requireUsable } from '../model/filters';
import type { Domain, RelatedItem } from '../state/state';
import type { World } from './world';

const minute = 60_000;
type Clock = Pick<World, 'now'>;

/** The content as reads give it: a contact gains its channel, an SLA its status and times. */
export function presentedContent(clock: Clock, item: RelatedItem): RelatedItemContent {
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
        status: slaStatus(clock, item),
        targetTime: new Date(slaTarget(item)),
        ...(item.metAt !== undefined && { completionTime: new Date(item.metAt) }),
      },
    },
  };
}

const slaTarget = ({ content, createdAt }: RelatedItem): number =>
  createdAt + (content.sla?.slaInputConfiguration?.targetSlaMinutes ?? 0) * minute;

function slaStatus({ now }: Clock, item: RelatedItem): SlaStatus {
  const target = slaTarget(item);
  if (item.metAt !== undefined) return item.metAt <= target ? 'Met' : 'NotMet';
  return now() > target ? 'Overdue' : 'Active';
}

/** Whether an item passes one of `filters`; without any, each does. Throws for filters that can't be used. */
export function itemFilter(
  clock: Clock,
  domain: Domain,
  filters: readonly RelatedItemTypeFilter[] = [],
): (item: RelatedItem) => boolean {
  for (const { custom } of filters) if (custom?.fields) requireUsable(domain, custom.fields);
  if (filters.length === 0) return () => true;
  return (item) => filters.some((filter) => passes(clock, domain, filter, item));
}

const agrees = (wanted: unknown, actual: unknown): boolean => wanted === undefined || wanted === actual;
const plainCaseId = (id = ''): string => splitCaseId(id).caseId;

function passes(clock: Clock, domain: Domain, filter: RelatedItemTypeFilter, item: RelatedItem): boolean {
  const { contact, file, sla, connectCase, custom } = item.content;
  if (filter.contact) {
    const { contactArn, channel } = filter.contact;
    return !!contact && agrees(contactArn, contact.contactArn) && (channel?.includes('VOICE') ?? true);
  }
  if (filter.comment) return item.type === 'Comment';
  if (filter.file) return !!file && agrees(filter.file.fileArn, file.fileArn);
  if (filter.sla) {
    const { name, status } = filter.sla;
    return !!sla && agrees(name, sla.slaInputConfiguration?.name) && agrees(status, slaStatus(clock, item));
  }
  if (filter.connectCase) {
    const { caseId } = filter.connectCase;
    return !!connectCase && (caseId === undefined || plainCaseId(caseId) === plainCaseId(connectCase.caseId));
  }
  if (!custom) return false;
  const fields = Object.fromEntries((custom.fields ?? []).map(({ id, value }) => [id, value]));
  return !filter.custom?.fields || matches(domain, filter.custom.fields, { fields, tags: {} });
}
