import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import { firstCodePoints } from '../../model/text';
import { presentedContent } from '../operations/item-content';
import type { Case, Domain, RelatedItem, State } from '../state/state';
import type { CaseDetails, Fact, ItemView } from './views';

/** What a view is made of. */
interface Source {
  readonly state: State;
  now(): number;
}

const longestText = 2000;

const domainOf = ({ state }: Source, { domainId }: Case): Domain | undefined => state.domains.get(domainId);

/** What the page shows of a related item. */
export function itemView(source: Source, entry: Case, item: RelatedItem): ItemView {
  const { id, type, createdAt, performedBy, updatedBy } = item;
  const facts: Fact[] = updatedBy ? [['changed by', author(updatedBy)]] : [];
  const content = contentView(source, entry, item);
  return {
    id,
    caseId: entry.id,
    type,
    at: createdAt,
    by: performedBy ? author(performedBy) : '',
    ...content,
    facts: [...content.facts, ...facts],
  };
}

const author = ({ customEntity, userArn }: NonNullable<RelatedItem['performedBy']>): string =>
  customEntity ?? userArn?.split('/').at(-1) ?? '';

function contentView(
  source: Source,
  entry: Case,
  item: RelatedItem,
): Pick<ItemView, 'text' | 'facts' | 'sla'> {
  const { comment, contact, file, sla, connectCase, custom } = presentedContent(source, item);
  const slaConfiguration = sla?.slaConfiguration;
  if (slaConfiguration) {
    const { name = '', status = '', targetTime, fieldId = 'status', targetFieldValues } = slaConfiguration;
    const goal = targetFieldValues?.map(plain).join(', ');
    return {
      text: name,
      facts: goal ? [[`met when ${fieldId} is`, goal]] : [],
      ...(targetTime && { sla: { status, dueAt: targetTime.getTime() } }),
    };
  }
  if (connectCase) {
    const other = source.state.cases.get(connectCase.caseId?.split('/').at(-1) ?? '');
    return {
      text: other?.fields.title?.stringValue ?? connectCase.caseId ?? '',
      facts: [['caseId', connectCase.caseId ?? '']],
    };
  }
  if (custom) {
    const values = Object.fromEntries((custom.fields ?? []).map(({ id = '', value }) => [id, value]));
    return { text: '', facts: fieldFacts(domainOf(source, entry), values) };
  }
  const arn = contact?.contactArn ?? file?.fileArn;
  return arn === undefined
    ? { text: firstCodePoints(comment?.body ?? '', longestText), facts: [] }
    : { text: '', facts: [['ARN', arn]] };
}

/** What the page tells of the chosen case. */
export function caseDetails(source: Source, entry: Case): CaseDetails {
  const domain = domainOf(source, entry);
  return {
    template: domain?.templates.get(entry.templateId)?.name ?? entry.templateId,
    fields: fieldFacts(domain, entry.fields),
    tags: Object.entries(entry.tags),
  };
}

const fieldFacts = (
  domain: Domain | undefined,
  values: Readonly<Record<string, FieldValueUnion | undefined>>,
): Fact[] => Object.entries(values).map(([id, value]) => [domain?.fields.get(id)?.name ?? id, plain(value)]);

function plain(value: FieldValueUnion | undefined): string {
  const { stringValue, doubleValue, booleanValue, userArnValue } = value ?? {};
  return String(stringValue ?? doubleValue ?? booleanValue ?? userArnValue ?? '–');
}
