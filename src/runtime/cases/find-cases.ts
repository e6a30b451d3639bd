import type { Order } from '@aws-sdk/client-connectcases';
import { type Condition, caseFilter, type Operator, operators, type Statuses } from '../../cases/filter';
import { findCases as search, usualFields } from '../../cases/find-cases';
import { caseNodes, SearchTerm } from '../../model/limits';
import { string } from '../../model/schema';
import { caseDomain, demand, text } from './case-domain';
import { withValue } from './case-message';
import type { CaseProcess } from './case-process';

/** The message goes on with the cases that were found, or one message for each. */
export const findCases: CaseProcess = async ({ RED, domain, values, config }) => {
  const { domainId, call, fields } = caseDomain(domain);
  const conditions: Condition[] = [];
  const rows = values.conditions as readonly { id: unknown; value: unknown; operator: unknown }[];
  for (const [index, { id, value, operator }] of rows.entries()) {
    const path = `conditions[${index}]`;
    demand(string({ values: operators }), operator, `${path}.operator`);
    conditions.push({ ...(await fields.value(id, value, path)), operator: operator as Operator });
  }
  const wanted = values.fields as readonly unknown[];
  const ids = await Promise.all(wanted.map((key, index) => fields.id(key, `fields[${index}]`)));
  const term = text(values.searchTerm, 'searchTerm');
  const searchTerm = term === undefined ? undefined : String(demand(SearchTerm, term, 'searchTerm'));
  const query = {
    domainId,
    filter: caseFilter(conditions, values.statuses as Statuses),
    searchTerm,
    sort: { fieldId: await fields.id(values.sort, 'sort'), sortOrder: values.sortOrder as Order },
    fields: ids.length > 0 ? ids : usualFields,
    limit: Number(demand(caseNodes.limit, Number(values.limit), 'limit')),
  };
  const keyOf = values.keys === 'ids' ? undefined : await fields.names();
  return async () => {
    const found = await search(call, query, keyOf);
    const output = String(config.output || 'payload');
    return {
      status: { fill: 'green', shape: 'dot', text: String(found.length) },
      outcome: `${found.length} cases were found`,
      write: (msg) =>
        values.split
          ? found.map((each, index) => withPart(RED, msg, output, each, { index, count: found.length }))
          : withValue(RED, msg, output, found),
    };
  };
};

/** One of several messages; what was in `msg.parts` can be had again by a Join node, as Split does it. */
function withPart(
  RED: Parameters<typeof withValue>[0],
  msg: Parameters<typeof withValue>[1],
  output: string,
  value: unknown,
  place: { readonly index: number; readonly count: number },
) {
  const copy = RED.util.cloneMessage(msg);
  const { parts } = msg as { parts?: unknown };
  Object.assign(copy, { parts: { id: msg._msgid, type: 'array', ...place, ...(parts ? { parts } : {}) } });
  return withValue(RED, copy, output, value);
}
