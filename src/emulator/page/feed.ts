import type { Behaviour, SeenRequest } from '../api';
import type { CasesService } from '../service';
import type { Change } from '../state/change';
import type { Case, RelatedItem, State } from '../state/state';
import { caseDetails, itemView } from './item-view';
import type { CaseView, Changes, RequestView, Snapshot, Wanted } from './views';

/** What the page is about. */
export interface Shown {
  readonly service: CasesService;
  readonly requests: readonly SeenRequest[];
  readonly behaviour: Behaviour;
}

/** However much there is, the page gets the most recent of it. */
const most = { cases: 100, items: 200, requests: 30 } as const;

interface Found {
  readonly entry: Case;
  readonly state: State;
  readonly place: string;
}

const lastItem = ({ items }: Case): RelatedItem | undefined => items[items.length - 1];
const activeAt = (entry: Case): number =>
  Math.max(lastItem(entry)?.createdAt ?? 0, entry.history.at(-1)?.at ?? 0, entry.createdAt);

/** The cases of all accounts and Regions. */
function everyCase(service: CasesService): Found[] {
  const own = service.state;
  return service.places.flatMap(({ state, place: { account, region } }) =>
    [...state.cases.values()].map((entry) => ({
      entry,
      state,
      place: state === own ? '' : `${account} ${region}`,
    })),
  );
}

const isFound = ({ id, fields }: Case, search: string): boolean =>
  search === '' ||
  id === search ||
  Object.values(fields).some(({ stringValue }) => stringValue?.toLowerCase().includes(search.toLowerCase()));

/** The cases that were active last, and the newest items of the chosen one or of all. */
export function snapshot({ service, requests, behaviour }: Shown, wanted: Wanted): Snapshot {
  const all = everyCase(service);
  const found = all
    .filter(({ entry }) => isFound(entry, wanted.search))
    .sort((a, b) => activeAt(b.entry) - activeAt(a.entry));
  const chosen = all.find(({ entry }) => entry.id === wanted.caseId);
  const listed = found.slice(0, wanted.cases);
  const cases = chosen && !listed.includes(chosen) ? [...listed, chosen] : listed;
  const items = (chosen ? [chosen] : all)
    .flatMap(({ entry, state }) => entry.items.slice(-most.items).map((item) => ({ entry, state, item })))
    .sort((a, b) => b.item.createdAt - a.item.createdAt || b.item.sequence - a.item.sequence)
    .slice(0, most.items);
  return {
    domain: [...service.state.domains.values()].map(({ name }) => name).join(', '),
    totalCases: all.length,
    foundCases: found.length,
    cases: cases.map(caseView),
    items: items.map(({ entry, state, item }) => itemView({ state, now: service.now }, entry, item)),
    ...(chosen && { details: caseDetails({ ...chosen, now: service.now }, chosen.entry) }),
    requests: requests.slice(-most.requests).map(requestView),
    behaviour,
  };
}

/** Collects what changes from now on, until `close`. `take` hands it out, at most so much as the page keeps. */
export function collectChanges(shown: Shown, wanted: Wanted) {
  const { service } = shown;
  const cases = new Map<string, Found>();
  const deleted: string[] = [];
  let created: (Found & { readonly item: RelatedItem })[] = [];
  let told = { behaviour: shown.behaviour, lastRequest: shown.requests.at(-1) };
  let stale = false;
  const own = service.state;

  const close = service.onChange((change, state, { account, region }) => {
    if (change.kind === 'domain-deleted') stale = true;
    if (!('caseId' in change) && change.kind !== 'case') return;
    const caseId = change.kind === 'case' ? change.case.id : change.caseId;
    const entry = state.cases.get(caseId);
    cases.delete(caseId);
    if (!entry) {
      deleted.push(caseId);
      return;
    }
    const found = { entry, state, place: state === own ? '' : `${account} ${region}` };
    cases.set(caseId, found);
    for (const id of touchedItems(change)) {
      const item = entry.items.findLast((other) => other.id === id);
      if (item) created.push({ ...found, item });
    }
    if (change.kind === 'item-deleted') deleted.push(change.itemId);
    if (created.length > 2 * most.items) created = created.slice(-most.items);
    if (cases.size > most.cases) cases.delete(cases.keys().next().value as string);
  });

  const take = (): Changes | undefined => {
    const { behaviour, requests } = shown;
    const fresh = newRequests(requests, told.lastRequest);
    if (cases.size + deleted.length + fresh.length === 0 && behaviour === told.behaviour) return undefined;
    told = { behaviour, lastRequest: requests.at(-1) };
    const touched = [...cases.values()].filter(({ entry }) => isFound(entry, wanted.search));
    const chosen = cases.get(wanted.caseId);
    const items = created
      .filter(({ entry }) => wanted.caseId === '' || entry.id === wanted.caseId)
      .slice(-most.items);
    const changes = {
      totalCases: countCases(service),
      cases: touched.map(caseView),
      items: items.map(({ entry, state, item }) => itemView({ state, now: service.now }, entry, item)),
      deleted: [...deleted],
      ...(chosen && { details: caseDetails({ ...chosen, now: service.now }, chosen.entry) }),
      requests: fresh.map(requestView),
      behaviour,
    };
    cases.clear();
    created = [];
    deleted.length = 0;
    return changes;
  };
  /** Whether so much is gone that the page has to begin anew. */
  const takeStale = (): boolean => {
    const was = stale;
    stale = false;
    return was;
  };
  return { take, takeStale, close };
}

/** Ids of the items that a change adds or alters. */
function touchedItems(change: Change): readonly string[] {
  switch (change.kind) {
    case 'item':
      return [change.item.id];
    case 'item-updated':
      return [change.itemId];
    case 'case-updated':
      return change.metItems ?? [];
    default:
      return [];
  }
}

const countCases = ({ places }: CasesService): number =>
  places.reduce((sum, { state }) => sum + state.cases.size, 0);

/** Those after `last`, at most so many as the page keeps. */
function newRequests(
  requests: readonly SeenRequest[],
  last: SeenRequest | undefined,
): readonly SeenRequest[] {
  const recent = requests.slice(-most.requests);
  return recent.slice(last ? recent.lastIndexOf(last) + 1 : 0);
}

const requestView = ({ at, operation, status, error, milliseconds }: SeenRequest): RequestView => ({
  at,
  operation,
  status,
  error,
  milliseconds,
});

function caseView({ entry, place }: Found): CaseView {
  const text = (id: string) => entry.fields[id]?.stringValue ?? '';
  return {
    id: entry.id,
    title: text('title') || entry.id,
    status: text('status'),
    reference: text('reference_number'),
    ...(place && { place }),
    items: entry.items.length,
    activeAt: activeAt(entry),
  };
}
