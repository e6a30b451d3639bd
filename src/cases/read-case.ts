import type {
  RelatedItemType,
  RelatedItemTypeFilter,
  SearchRelatedItemsResponseItem,
} from '@aws-sdk/client-connectcases';
import { GetCaseFields, SearchRelatedItemsPage } from '../model/limits';
import type { Call } from './call';
import type { PlainCase } from './find-cases';
import { pagesOf } from './pages';
import { type KeyOf, plainFields } from './plain';

/** One case, and what of it is wanted. */
interface CaseRequest {
  readonly domainId: string;
  readonly caseId: string;
  /** Ids of the fields to read. */
  readonly fields: readonly string[];
  /** Types of the items to read; none: no items. */
  readonly relatedItems: readonly RelatedItemType[];
}

/** A case with all that was asked for. */
export interface WholeCase extends PlainCase {
  readonly tags: Readonly<Record<string, string>>;
  readonly relatedItems?: readonly PlainItem[];
}

/** A related item as a flow gets it; times in ISO 8601. */
type PlainItem = Omit<SearchRelatedItemsResponseItem, 'associationTime'> & {
  readonly associationTime?: string | undefined;
};

/** The case with its fields and, where wanted, its items, oldest first; every page is read. */
export async function readCase(call: Call, request: CaseRequest, keyOf?: KeyOf): Promise<WholeCase> {
  const { caseId, relatedItems } = request;
  const { fields, templateId, tags } = await readFields(call, request);
  return {
    caseId,
    templateId,
    fields: plainFields(fields, keyOf),
    tags,
    ...(relatedItems.length > 0 && { relatedItems: await readItems(call, request) }),
  };
}

async function readFields(call: Call, { domainId, caseId, fields: wanted }: CaseRequest) {
  const fields = [];
  let templateId = '';
  let tags: Record<string, string> = {};
  for (let from = 0; from < wanted.length; from += GetCaseFields.max) {
    const ids = wanted.slice(from, from + GetCaseFields.max).map((id) => ({ id }));
    const pages = pagesOf((next) => call('GetCase', { domainId, caseId, fields: ids, ...next }));
    for await (const page of pages) {
      fields.push(...(page.fields ?? []).filter((field) => field !== null));
      templateId = page.templateId ?? '';
      tags = { ...page.tags } as Record<string, string>;
    }
  }
  return { fields, templateId, tags };
}

const filterByType: Readonly<Record<RelatedItemType, RelatedItemTypeFilter>> = {
  Comment: { comment: {} },
  Contact: { contact: {} },
  File: { file: {} },
  Sla: { sla: {} },
  ConnectCase: { connectCase: {} },
  Custom: { custom: {} },
};

/** Every type of related item. */
export const relatedItemTypes = Object.keys(filterByType) as readonly RelatedItemType[];

/** The service gives items in no order that it tells. */
async function readItems(call: Call, { domainId, caseId, relatedItems: types }: CaseRequest) {
  const items = new Map<string, SearchRelatedItemsResponseItem>();
  const filters = types.map((type) => filterByType[type]);
  const request = { domainId, caseId, filters, maxResults: SearchRelatedItemsPage.max };
  for await (const page of pagesOf((from) => call('SearchRelatedItems', { ...request, ...from }))) {
    for (const item of page.relatedItems ?? []) if (item?.relatedItemId) items.set(item.relatedItemId, item);
  }
  return [...items.values()].toSorted((a, b) => timeOf(a) - timeOf(b)).map(plainItem);
}

const timeOf = ({ associationTime }: SearchRelatedItemsResponseItem): number =>
  associationTime?.getTime() ?? Number.MAX_SAFE_INTEGER;

const plainItem = ({ associationTime, ...item }: SearchRelatedItemsResponseItem): PlainItem => ({
  ...item,
  associationTime: associationTime?.toISOString(),
});
