import type { Change } from './change';
import { tokenKey } from './changes';
import type { State } from './state';

/** The fewest changes that make `state` from nothing. */
export function* changesOf(state: State): Generator<Change> {
  const tokens = new Map([...state.clientTokens].map(([token, use]) => [use.caseId, { token, ...use }]));
  tokens.delete(undefined);
  for (const domain of state.domains.values()) {
    const { fields, templates, layouts, rules, ...record } = domain;
    yield { kind: 'domain', domain: record };
    const domainId = domain.id;
    for (const entry of fields.values()) yield { kind: 'fields', domainId, entry };
    for (const entry of templates.values()) yield { kind: 'templates', domainId, entry };
    for (const entry of layouts.values()) yield { kind: 'layouts', domainId, entry };
    for (const entry of rules.values()) yield { kind: 'rules', domainId, entry };
  }
  for (const { items, history, ...record } of state.cases.values()) {
    const use = tokens.get(record.id);
    yield {
      kind: 'case',
      case: record,
      ...(use && { token: use.token.slice(tokenKey(record.domainId, '').length), request: use.request }),
      ...(history.length > 0 && { history }),
    };
    for (const item of items) yield { kind: 'item', caseId: record.id, item };
  }
  for (const [key, { request, answer }] of state.clientTokens) {
    const [, domainId = '', token = ''] = /^([^/]*)\/(.*)$/s.exec(key) ?? [];
    if (answer) yield { kind: 'token', domainId, token, request, answer };
  }
  for (const merge of state.merges.values()) yield { kind: 'merge', merge };
}
