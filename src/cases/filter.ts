import type { CaseFilter, FieldValue } from '@aws-sdk/client-connectcases';
import { CaseFilterAndAllList } from '../model/limits';

/** How a condition compares; `notEqualTo` is the one that the service has no word for. */
export const operators = [
  'equalTo',
  'notEqualTo',
  'contains',
  'greaterThan',
  'greaterThanOrEqualTo',
  'lessThan',
  'lessThanOrEqualTo',
] as const;
export type Operator = (typeof operators)[number];

/** What one field of a case has to be like. */
export interface Condition extends FieldValue {
  readonly operator: Operator;
}

/** Which cases count: all, or those that are not closed. */
export type Statuses = 'any' | 'notClosed';

/** The system field that says whether a case is closed, and its value where it is. */
export const statusField = 'status';
export const closedStatus = 'closed';

/** The filter for cases that meet all conditions; undefined: every case does. */
export function caseFilter(conditions: readonly Condition[], statuses: Statuses): CaseFilter | undefined {
  const filters = conditions.map(filterOf);
  return all(statuses === 'notClosed' ? [...filters, notClosed] : filters);
}

function filterOf({ operator, id, value }: Condition): CaseFilter {
  const wanted: FieldValue = { id, value };
  switch (operator) {
    case 'equalTo':
      return { field: { equalTo: wanted } };
    case 'notEqualTo':
      return { not: { field: { equalTo: wanted } } };
    case 'contains':
      return { field: { contains: wanted } };
    case 'greaterThan':
      return { field: { greaterThan: wanted } };
    case 'greaterThanOrEqualTo':
      return { field: { greaterThanOrEqualTo: wanted } };
    case 'lessThan':
      return { field: { lessThan: wanted } };
    case 'lessThanOrEqualTo':
      return { field: { lessThanOrEqualTo: wanted } };
  }
}

const notClosed = filterOf({
  operator: 'notEqualTo',
  id: statusField,
  value: { stringValue: closedStatus },
});

/** A list of filters holds so many; more go into lists within the list. */
function all(filters: readonly CaseFilter[]): CaseFilter | undefined {
  if (filters.length <= 1) return filters[0];
  const { max } = CaseFilterAndAllList;
  if (filters.length <= max) return { andAll: [...filters] };
  const groups = Array.from({ length: Math.ceil(filters.length / max) }, (_, index) =>
    all(filters.slice(index * max, (index + 1) * max)),
  );
  return all(groups.filter((group) => group !== undefined));
}
