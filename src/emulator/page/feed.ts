import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import { firstCodePoints } from '../../model/text';
import { presentedContent } from '../operations/item-content';
import type { CasesService } from '../service';
import type { Case, RelatedItem } from '../state/state';
import type { CaseView, Changes, ItemView, Snapshot } from './views';

/** However much there is, the page gets the most recent of it. */
const most = { cases: 100, items: 200, textLength: 2000 } as const;

const lastItem = ({ items }: Case): RelatedItem | undefined => items[items.length - 1];
const activeAt = (entry: Case): number => lastItem(entry)?.createdAt ?? entry.createdAt;

/** The most recently active cases and the newest items of all of them. */
export function snapshot(service: CasesService): Snapshot {
  const cases = [...service.state.cases.values()]
    .sort((a, b) => activeAt(b) - activeAt(a))
    .slice(0, most.cases);
  const items = cases
    .flatMap((entry) => entry.items.slice(-most.items).map((item) => ({ entry, item })))
    .sort((a, b) => b.item.sequence - a.item.sequence)
    .slice(0, most.items);
  return {
    domain: service.domain.name,
    totalCases: service.state.cases.size,
    cases: cases.map(caseView),
    items: items.map(({ entry, item }) => itemView(service, entry, item)),
  };
}

/** Collects what changes from now on, until `close`. `take` hands it out, at most so much as the page keeps. */
export function collectChanges(service: CasesService) {
  const cases = new Map<string, Case>();
  const deleted: string[] = [];
  let created: { entry: Case; item: RelatedItem }[] = [];
  const close = service.onChange((change, state) => {
    if (!('caseId' in change) && change.kind !== 'case') return;
    const caseId = change.kind === 'case' ? change.case.id : change.caseId;
    const entry = state.cases.get(caseId);
    cases.delete(caseId);
    if (!entry) return;
    cases.set(caseId, entry);
    if (change.kind === 'item') created.push({ entry, item: change.item });
    if (change.kind === 'item-deleted') deleted.push(change.itemId);
    if (created.length > 2 * most.items) created = created.slice(-most.items);
    if (deleted.length > most.items) deleted.shift();
    if (cases.size > most.cases) cases.delete(cases.keys().next().value as string);
  });
  const take = (): Changes | undefined => {
    const changes = {
      totalCases: service.state.cases.size,
      cases: [...cases.values()].map(caseView),
      items: created.slice(-most.items).map(({ entry, item }) => itemView(service, entry, item)),
      deleted: [...deleted],
    };
    const isEmpty = cases.size === 0;
    cases.clear();
    created = [];
    deleted.length = 0;
    return isEmpty ? undefined : changes;
  };
  return { take, close };
}

function caseView(entry: Case): CaseView {
  const text = (id: string) => entry.fields[id]?.stringValue ?? '';
  return {
    id: entry.id,
    title: text('title') || entry.id,
    status: text('status'),
    reference: text('reference_number'),
    items: entry.items.length,
    activeAt: activeAt(entry),
  };
}

function itemView(service: CasesService, entry: Case, item: RelatedItem): ItemView {
  const { id, type, createdAt, performedBy } = item;
  const by = performedBy?.customEntity ?? performedBy?.userArn?.split('/').at(-1) ?? '';
  return { id, caseId: entry.id, type, at: createdAt, by, ...contentView(service, item) };
}

function contentView(service: CasesService, item: RelatedItem): Pick<ItemView, 'text' | 'facts' | 'dueAt'> {
  const { comment, contact, file, sla, connectCase, custom } = presentedContent(service, item);
  const slaConfiguration = sla?.slaConfiguration;
  if (slaConfiguration) {
    const goal = slaConfiguration.targetFieldValues?.map(plain).join(', ');
    return {
      text: slaConfiguration.name ?? '',
      facts: goal ? [[`met when ${slaConfiguration.fieldId ?? 'status'} is`, goal]] : [],
      ...(slaConfiguration.targetTime && { dueAt: slaConfiguration.targetTime.getTime() }),
    };
  }
  if (connectCase) {
    const other = service.state.cases.get(connectCase.caseId?.split('/').at(-1) ?? '');
    return {
      text: other?.fields.title?.stringValue ?? connectCase.caseId ?? '',
      facts: [['caseId', connectCase.caseId ?? '']],
    };
  }
  if (custom) {
    const name = (id = '') => service.domain.fields.get(id)?.name ?? id;
    const facts = (custom.fields ?? []).map(({ id, value }): [string, string] => [name(id), plain(value)]);
    return { text: '', facts };
  }
  const arn = contact?.contactArn ?? file?.fileArn;
  return arn === undefined
    ? { text: firstCodePoints(comment?.body ?? '', most.textLength), facts: [] }
    : { text: '', facts: [['ARN', arn]] };
}

function plain(value: FieldValueUnion | undefined): string {
  const { stringValue, doubleValue, booleanValue, userArnValue } = value ?? {};
  return String(stringValue ?? doubleValue ?? booleanValue ?? userArnValue ?? '–');
}
