import type { Order } from '@aws-sdk/client-connectcases';
import { type Condition, caseFilter, type Operator, operators, type Statuses } from '../../cases/filter';
import { type PlainCase, findCases as search, usualFields } from '../../cases/find-cases';
import { demand } from '../../mapping/demand';
import { caseNodes, FieldId, SearchCasesFields, SearchTerm } from '../../model/limits';
import { list, string } from '../../model/schema';
import { foundStatus } from '../status-words';
import { callsThrough } from './calls';
import { fieldIds, fieldKeys, namedValue } from './named-values';
import type { TaskWork } from './work';
import { text } from './work-domain';

/** Which cases are wanted; fields by names or ids. */
interface Wanted {
  readonly conditions: readonly Condition[];
  readonly statuses: Statuses;
  readonly searchTerm: string | undefined;
  readonly sort: string;
  readonly sortOrder: Order;
  readonly limit: number;
  readonly fields: readonly string[];
  readonly keys: unknown;
  readonly split: boolean;
}

/** None: those that are usual. */
const wantedFields = list(FieldId, { min: 0, max: SearchCasesFields.max });

/** The message goes on with the cases that were found, or one message for each. */
export const findCases: TaskWork<Wanted, readonly PlainCase[]> = {
  base: 'find-cases',
  task: 'find-cases',
  toInput(values) {
    const rows = values.conditions as readonly { id: unknown; value: unknown; operator: unknown }[];
    const term = text(values.searchTerm, 'searchTerm');
    return {
      conditions: rows.map(({ operator, ...row }, index) => {
        const path = `conditions[${index}]`;
        demand(string({ values: operators }), operator, `${path}.operator`);
        return { ...namedValue(row, path), operator: operator as Operator };
      }),
      statuses: values.statuses as Statuses,
      searchTerm: term === undefined ? undefined : String(demand(SearchTerm, term, 'searchTerm')),
      sort: demand(FieldId, values.sort, 'sort') as string,
      sortOrder: values.sortOrder as Order,
      limit: Number(demand(caseNodes.limit, Number(values.limit), 'limit')),
      fields: demand(wantedFields, fieldKeys(values.fields), 'fields') as readonly string[],
      keys: values.keys,
      split: Boolean(values.split),
    };
  },
  async run({ conditions, statuses, searchTerm, sort, sortOrder, limit, ...wanted }, domain, context) {
    const { domainId, fields } = domain;
    const filtered: Condition[] = [];
    for (const [index, { operator, id, value }] of conditions.entries()) {
      filtered.push({ ...(await fields.value(id, value, `conditions[${index}]`)), operator });
    }
    const ids = await fieldIds(wanted.fields, fields);
    const query = {
      domainId,
      filter: caseFilter(filtered, statuses),
      searchTerm,
      sort: { fieldId: await fields.id(sort, 'sort'), sortOrder },
      fields: ids.length > 0 ? ids : usualFields,
      limit,
    };
    const keyOf = wanted.keys === 'ids' ? undefined : await fields.names();
    return search(callsThrough(context), query, keyOf);
  },
  toResult: (found, { split }) => ({
    outcome: `${found.length} cases were found`,
    status: foundStatus(found.length, Date.now()),
    ...(split ? { parts: found } : { output: { value: found, name: 'the cases' } }),
  }),
};
