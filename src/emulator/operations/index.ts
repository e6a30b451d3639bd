import * as shapes from '../model/shapes';
import { createCase, deleteCase, getCase, updateCase } from './cases';
import { getDomain, listDomains } from './domains';
import { batchGetField, listFieldOptions, listFields } from './fields';
import { getLayout, listLayouts } from './layouts';
import { type Operation, operation } from './operation';
import { createRelatedItem, deleteRelatedItem, updateRelatedItem } from './related-items';
import { searchCases } from './search-cases';
import { listCasesForContact, searchAllRelatedItems, searchRelatedItems } from './search-related-items';
import { getTemplate, listTemplates } from './templates';

const paging = ['maxResults', 'nextToken'];
const domain = '/domains/{domainId}';
const aCase = `${domain}/cases/{caseId}` as const;
const items = `${aCase}/related-items` as const;

/** Every operation of the local service under its name in the service's model. */
export const operations = {
  CreateCase: operation(`POST ${domain}/cases`, shapes.CreateCaseRequest, createCase),
  GetCase: operation(`POST ${aCase}`, shapes.GetCaseRequest, getCase),
  UpdateCase: operation(`PUT ${aCase}`, shapes.UpdateCaseRequest, updateCase),
  DeleteCase: operation(`DELETE ${aCase}`, shapes.DeleteCaseRequest, deleteCase),
  SearchCases: operation(`POST ${domain}/cases-search`, shapes.SearchCasesRequest, searchCases),
  ListCasesForContact: operation(
    `POST ${domain}/list-cases-for-contact`,
    shapes.ListCasesForContactRequest,
    listCasesForContact,
  ),
  CreateRelatedItem: operation(`POST ${items}`, shapes.CreateRelatedItemRequest, createRelatedItem),
  UpdateRelatedItem: operation(
    `PUT ${items}/{relatedItemId}`,
    shapes.UpdateRelatedItemRequest,
    updateRelatedItem,
  ),
  DeleteRelatedItem: operation(
    `DELETE ${items}/{relatedItemId}`,
    shapes.DeleteRelatedItemRequest,
    deleteRelatedItem,
  ),
  SearchRelatedItems: operation(`POST ${items}-search`, shapes.SearchRelatedItemsRequest, searchRelatedItems),
  SearchAllRelatedItems: operation(
    `POST ${domain}/related-items-search`,
    shapes.SearchAllRelatedItemsRequest,
    searchAllRelatedItems,
  ),
  ListDomains: operation('POST /domains-list', shapes.ListDomainsRequest, listDomains, paging),
  GetDomain: operation(`POST ${domain}`, shapes.GetDomainRequest, getDomain),
  ListFields: operation(`POST ${domain}/fields-list`, shapes.ListFieldsRequest, listFields, paging),
  BatchGetField: operation(`POST ${domain}/fields-batch`, shapes.BatchGetFieldRequest, batchGetField),
  ListFieldOptions: operation(
    `POST ${domain}/fields/{fieldId}/options-list`,
    shapes.ListFieldOptionsRequest,
    listFieldOptions,
    [...paging, 'values'],
  ),
  ListTemplates: operation(`POST ${domain}/templates-list`, shapes.ListTemplatesRequest, listTemplates, [
    ...paging,
    'status',
  ]),
  GetTemplate: operation(`POST ${domain}/templates/{templateId}`, shapes.GetTemplateRequest, getTemplate),
  ListLayouts: operation(`POST ${domain}/layouts-list`, shapes.ListLayoutsRequest, listLayouts, paging),
  GetLayout: operation(`POST ${domain}/layouts/{layoutId}`, shapes.GetLayoutRequest, getLayout),
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as readonly OperationName[];

/** The IAM actions that a caller can be refused, those of other services among them that operations ask for. */
export const actions: readonly string[] = [
  ...operationNames.map((name) => `cases:${name}`),
  'connect:DescribeContact',
  'connect:DescribeUser',
  'profile:SearchProfiles',
];

/** `texts`, all of which are actions. Throws for one that is not. */
export function requireActions(texts: readonly string[]): readonly string[] {
  const unknown = texts.find((text) => !actions.includes(text));
  if (unknown !== undefined) {
    throw new Error(
      `'${unknown}' is no IAM action that this service knows; it has to be one of ${actions.join(', ')}`,
    );
  }
  return texts;
}
