import type { Change } from './change';
import { indexOf, moveItem } from './items';
import {
  type Case,
  caseOf,
  type Domain,
  type DomainRecord,
  type Event,
  type RelatedItem,
  type State,
} from './state';

/** Lets `change` happen to `state`. The same changes in the same order make the same state. */
export function apply(state: State, change: Change): void {
  switch (change.kind) {
    case 'domain':
      state.domains.set(change.domain.id, withContent(change.domain, state.domains.get(change.domain.id)));
      return;
    case 'domain-deleted':
      deleteDomain(state, change.domainId);
      return;
    case 'fields':
    case 'templates':
    case 'layouts':
    case 'rules':
      (domainOf(state, change.domainId)[change.kind] as Map<string, object>).set(
        change.entry.id,
        change.entry,
      );
      return;
    case 'case':
      addCase(state, change);
      return;
    case 'case-updated':
      updateCase(caseOf(state, change.caseId), change.event, change.metItems ?? []);
      return;
    case 'case-tags':
      caseOf(state, change.caseId).tags = change.tags;
      return;
    case 'case-deleted':
      deleteCase(state, change.caseId);
      return;
    case 'item':
      caseOf(state, change.caseId).items.push(change.item);
      state.lastSequence = Math.max(state.lastSequence, change.item.sequence);
      return;
    case 'item-updated': {
      const { items, history } = caseOf(state, change.caseId);
      const index = indexOf(items, change.itemId);
      const { content, updatedBy } = change;
      items[index] = { ...(items[index] as RelatedItem), content, ...(updatedBy && { updatedBy }) };
      history.push(change.event);
      return;
    }
    case 'item-moved':
      moveItem(caseOf(state, change.caseId), caseOf(state, change.toCaseId), change.itemId);
      return;
    case 'token': {
      const { request, answer } = change;
      state.clientTokens.set(tokenKey(change.domainId, change.token), { request, answer });
      return;
    }
    case 'merge':
      state.merges.set(change.merge.secondaryCaseId, change.merge);
      return;
    case 'item-deleted': {
      const { items, history } = caseOf(state, change.caseId);
      items.splice(indexOf(items, change.itemId), 1);
      history.push(change.event);
    }
  }
}

const withContent = (record: DomainRecord, earlier: Domain | undefined): Domain => ({
  ...record,
  fields: earlier?.fields ?? new Map(),
  templates: earlier?.templates ?? new Map(),
  layouts: earlier?.layouts ?? new Map(),
  rules: earlier?.rules ?? new Map(),
});

function domainOf({ domains }: State, domainId: string): Domain {
  const found = domains.get(domainId);
  if (!found) throw new Error(`There is no domain ${domainId}`);
  return found;
}

function deleteDomain(state: State, domainId: string): void {
  state.domains.delete(domainId);
  for (const { id, domainId: owner } of state.cases.values()) if (owner === domainId) deleteCase(state, id);
  if (state.domains.size === 0) Object.assign(state, { lastSequence: 0, lastReference: 1000 });
}

function deleteCase({ cases, clientTokens, merges }: State, caseId: string): void {
  cases.delete(caseId);
  merges.delete(caseId);
  for (const [token, use] of clientTokens) if (use.caseId === caseId) clientTokens.delete(token);
}

function addCase(state: State, { case: record, ...more }: Extract<Change, { kind: 'case' }>): void {
  const { token, request = '', history = [] } = more;
  const added: Case = { ...record, fields: { ...record.fields }, items: [], history: [...history] };
  state.cases.set(added.id, added);
  state.lastSequence = Math.max(state.lastSequence, added.sequence);
  const reference = Number(added.fields.reference_number?.stringValue);
  if (reference > state.lastReference) state.lastReference = reference;
  if (token !== undefined) {
    state.clientTokens.set(tokenKey(added.domainId, token), { caseId: added.id, request });
  }
}

/** The key of a client token among those of all domains. */
export const tokenKey = (domainId: string, token: string): string => `${domainId}/${token}`;

function updateCase({ fields, items, history }: Case, event: Event, metItems: readonly string[]): void {
  for (const { id, after } of event.fields) {
    if (after) fields[id] = after;
    else delete fields[id];
  }
  for (const [index, item] of items.entries()) {
    if (metItems.includes(item.id)) items[index] = { ...item, metAt: event.at };
  }
  history.push(event);
}
