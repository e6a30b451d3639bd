import type { StructureSchema } from '../../model/schema';
import * as shapes from '../model/shapes';
import type { Caller, World } from '../state/state';
import { createCase, getCase, searchCases } from './cases';
import { getDomain, listDomains, listFieldOptions, listFields, listTemplates } from './catalogue';
import { createRelatedItem, deleteRelatedItem } from './related-items';
import { searchRelatedItems } from './search-related-items';

export interface Operation {
  readonly method: 'POST' | 'DELETE';
  /** Path with `:label`s, without a trailing slash. */
  readonly path: string;
  readonly input: StructureSchema;
  /** Members that come in the query string. */
  readonly query: readonly string[];
  /** Does the work for a request that `input` accepts. Throws a `ServiceError` for the service's other refusals. */
  run(world: World, request: unknown, caller: Caller): object;
}

const operation = <Request>(
  method: Operation['method'],
  path: string,
  input: StructureSchema,
  run: (world: World, request: Request, caller: Caller) => object,
  query: readonly string[] = [],
): Operation => ({
  method,
  path,
  input,
  query,
  run: (world, request, caller) => run(world, request as Request, caller),
});

const domain = '/domains/:domainId';
const cases = `${domain}/cases`;
const items = `${cases}/:caseId/related-items`;

/** Every operation of the local service under its name in the service's model. */
export const operations = {
  CreateRelatedItem: operation('POST', items, shapes.CreateRelatedItemRequest, createRelatedItem),
  SearchRelatedItems: operation(
    'POST',
    `${items}-search`,
    shapes.SearchRelatedItemsRequest,
    searchRelatedItems,
  ),
  DeleteRelatedItem: operation(
    'DELETE',
    `${items}/:relatedItemId`,
    shapes.DeleteRelatedItemRequest,
    deleteRelatedItem,
  ),
  GetCase: operation('POST', `${cases}/:caseId`, shapes.GetCaseRequest, getCase),
  CreateCase: operation('POST', cases, shapes.CreateCaseRequest, createCase),
  SearchCases: operation('POST', `${cases}-search`, shapes.SearchCasesRequest, searchCases),
  ListDomains: operation('POST', '/domains-list', shapes.ListDomainsRequest, listDomains, [
    'maxResults',
    'nextToken',
  ]),
  GetDomain: operation('POST', domain, shapes.GetDomainRequest, getDomain),
  ListFields: operation('POST', `${domain}/fields-list`, shapes.ListFieldsRequest, listFields, [
    'maxResults',
    'nextToken',
  ]),
  ListFieldOptions: operation(
    'POST',
    `${domain}/fields/:fieldId/options-list`,
    shapes.ListFieldOptionsRequest,
    listFieldOptions,
    ['maxResults', 'nextToken', 'values'],
  ),
  ListTemplates: operation('POST', `${domain}/templates-list`, shapes.ListTemplatesRequest, listTemplates, [
    'maxResults',
    'nextToken',
    'status',
  ]),
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as readonly OperationName[];
