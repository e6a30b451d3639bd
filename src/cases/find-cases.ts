import type { CaseFilter, Order, SearchCasesResponseItem } from '@aws-sdk/client-connectcases';
import { SearchCasesPage } from '../model/limits';
import type { Call } from './call';
import { pagesOf } from './pages';
import { type KeyOf, plainFields } from './plain';

/** Which cases are wanted, in which order, and what of them. */
interface CaseQuery {
  readonly domainId: string;
  readonly filter?: CaseFilter | undefined;
  readonly searchTerm?: string | undefined;
  readonly sort: { readonly fieldId: string; readonly sortOrder: Order };
  /** Ids of the fields to read. */
  readonly fields: readonly string[];
  /** How many cases at most. */
  readonly limit: number;
}

/** A case as a flow gets it. */
export interface PlainCase {
  readonly caseId: string;
  readonly templateId: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** Ids of the fields that are read where nobody says which. */
export const usualFields: readonly string[] = [
  'title',
  'status',
  'reference_number',
  'customer_id',
  'created_datetime',
  'last_updated_datetime',
];

/** The cases of `query` in its order, from all pages up to its limit. */
export async function findCases(call: Call, query: CaseQuery, keyOf?: KeyOf): Promise<PlainCase[]> {
  const { domainId, filter, searchTerm, sort, fields, limit } = query;
  // A case that changes between two pages may move from one to the other.
  const found = new Map<string, PlainCase>();
  // Twice as many as there should be, since pages may repeat cases.
  const mostPages = 2 * Math.ceil(limit / SearchCasesPage.max) + 10;
  const pages = pagesOf(
    (from) =>
      call('SearchCases', {
        domainId,
        ...(filter && { filter }),
        ...(searchTerm && { searchTerm }),
        sorts: [sort],
        fields: fields.map((id) => ({ id })),
        maxResults: Math.min(limit - found.size, SearchCasesPage.max),
        ...from,
      }),
    mostPages,
  );
  for await (const page of pages) {
    for (const each of page.cases ?? []) {
      if (each?.caseId !== undefined && !found.has(each.caseId))
        found.set(each.caseId, plainCase(each, keyOf));
    }
    if (found.size >= limit) break;
  }
  return [...found.values()].slice(0, limit);
}

const plainCase = (
  { caseId = '', templateId = '', fields }: SearchCasesResponseItem,
  keyOf?: KeyOf,
): PlainCase => ({
  caseId,
  templateId,
  fields: plainFields(fields, keyOf),
});
