import type { SearchCasesRequest, SearchCasesResponse, Sort } from '@aws-sdk/client-connectcases';
import { knownField } from '../model/field-values';
import { comparable, matches, requireUsable } from '../model/filters';
import { page } from '../model/paging';
import type { Case, Domain } from '../state/state';
import { selected } from './case-fields';
import { findDomain, required, visibleUntil, type World } from './world';

/** A case as searches see it, which lag behind. */
type Seen = Pick<Case, 'id' | 'sequence' | 'templateId' | 'fields' | 'tags'>;

/** The newest case first unless the request sorts. */
export function searchCases(world: World, request: SearchCasesRequest): SearchCasesResponse {
  const domain = findDomain(world, request.domainId);
  const { fields = [], ...question } = request;
  const { filter, searchTerm = '', sorts = [] } = question;
  if (filter) requireUsable(domain, filter);
  for (const { fieldId } of sorts) knownField(domain, required(fieldId), 'sorts.fieldId');
  selected(domain, {}, fields);
  const term = searchTerm.trim().toLowerCase();
  const found = seenCases(world, domain)
    .filter((entry) => !filter || matches(domain, filter, entry))
    .filter((entry) => term === '' || mentions(entry, term))
    .sort((a, b) => ordered(domain, sorts, a, b));
  const { entries, ...rest } = page('SearchCases', found, question, 25);
  const cases = entries.map((entry) => ({
    caseId: entry.id,
    templateId: entry.templateId,
    fields: selected(domain, entry.fields, fields),
    tags: entry.tags,
  }));
  return { cases, totalCount: found.length, ...rest };
}

function seenCases(world: World, domain: Domain): Seen[] {
  const until = visibleUntil(world);
  const seen: Seen[] = [];
  for (const entry of world.state.cases.values()) {
    if (entry.domainId !== domain.id || entry.createdAt > until) continue;
    seen.push(world.lagSeconds > 0 ? { ...entry, fields: fieldsAt(entry, until) } : entry);
  }
  return seen;
}

/** What the fields of a case were at `time`. */
function fieldsAt({ fields, history }: Case, time: number): Case['fields'] {
  const then = { ...fields };
  for (const { at, fields: changed } of history.toReversed()) {
    if (at <= time) break;
    for (const { id, before } of changed) {
      if (before) then[id] = before;
      else delete then[id];
    }
  }
  return then;
}

const mentions = ({ fields }: Seen, term: string): boolean =>
  Object.values(fields).some(({ stringValue }) => stringValue?.toLowerCase().includes(term));

/** Cases without a value come last either way. */
function ordered(domain: Domain, sorts: readonly Sort[], a: Seen, b: Seen): number {
  for (const { fieldId = '', sortOrder } of sorts) {
    const type = domain.fields.get(fieldId)?.type;
    const [left, right] = [comparable(type, a.fields[fieldId]), comparable(type, b.fields[fieldId])];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right === (sortOrder === 'Asc') ? -1 : 1;
  }
  return b.sequence - a.sequence;
}
