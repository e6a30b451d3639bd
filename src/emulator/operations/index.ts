import * as shapes from '../model/shapes';
import { getCaseAuditEvents } from './audit';
import {
  batchGetCaseRule,
  createCaseRule,
  deleteCaseRule,
  listCaseRules,
  updateCaseRule,
} from './case-rules';
import { createCase, deleteCase, getCase, updateCase } from './cases';
import {
  createDomain,
  deleteDomain,
  getCaseEventConfiguration,
  getDomain,
  listDomains,
  putCaseEventConfiguration,
} from './domains';
import {
  batchGetField,
  batchPutFieldOptions,
  createField,
  deleteField,
  listFieldOptions,
  listFields,
  updateField,
} from './fields';
import { createLayout, deleteLayout, getLayout, listLayouts, updateLayout } from './layouts';
import { getMergeCasesStatus, startMergeCases } from './merges';
import { type Operation, operation } from './operation';
import { createRelatedItem, deleteRelatedItem, updateRelatedItem } from './related-items';
import { searchCases } from './search-cases';
import { listCasesForContact, searchAllRelatedItems, searchRelatedItems } from './search-related-items';
import { batchCreateRelatedItem, batchUpdateCase } from './several-cases';
import { listTagsForResource, tagResource, untagResource } from './tags';
import { createTemplate, deleteTemplate, getTemplate, listTemplates, updateTemplate } from './templates';

const paging = ['maxResults', 'nextToken'];
const domain = '/domains/{domainId}';
const aCase = `${domain}/cases/{caseId}` as const;
const items = `${aCase}/related-items` as const;
const field = `${domain}/fields/{fieldId}` as const;
const template = `${domain}/templates/{templateId}` as const;
const layout = `${domain}/layouts/{layoutId}` as const;
const rule = `${domain}/case-rules/{caseRuleId}` as const;
const events = `${domain}/case-event-configuration` as const;

const casesOperations = {
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
  GetCaseAuditEvents: operation(
    `POST ${aCase}/audit-history`,
    shapes.GetCaseAuditEventsRequest,
    getCaseAuditEvents,
  ),
} satisfies Record<string, Operation>;

const itemOperations = {
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
} satisfies Record<string, Operation>;

const domainOperations = {
  CreateDomain: operation('POST /domains', shapes.CreateDomainRequest, createDomain),
  GetDomain: operation(`POST ${domain}`, shapes.GetDomainRequest, getDomain),
  DeleteDomain: operation(`DELETE ${domain}`, shapes.DeleteDomainRequest, deleteDomain),
  ListDomains: operation('POST /domains-list', shapes.ListDomainsRequest, listDomains, paging),
  GetCaseEventConfiguration: operation(
    `POST ${events}`,
    shapes.GetCaseEventConfigurationRequest,
    getCaseEventConfiguration,
  ),
  PutCaseEventConfiguration: operation(
    `PUT ${events}`,
    shapes.PutCaseEventConfigurationRequest,
    putCaseEventConfiguration,
  ),
  ListTagsForResource: operation('GET /tags/{arn}', shapes.ListTagsForResourceRequest, listTagsForResource),
  TagResource: operation('POST /tags/{arn}', shapes.TagResourceRequest, tagResource),
  UntagResource: operation('DELETE /tags/{arn}', shapes.UntagResourceRequest, untagResource, ['tagKeys']),
} satisfies Record<string, Operation>;

const fieldOperations = {
  CreateField: operation(`POST ${domain}/fields`, shapes.CreateFieldRequest, createField),
  UpdateField: operation(`PUT ${field}`, shapes.UpdateFieldRequest, updateField),
  DeleteField: operation(`DELETE ${field}`, shapes.DeleteFieldRequest, deleteField),
  ListFields: operation(`POST ${domain}/fields-list`, shapes.ListFieldsRequest, listFields, paging),
  BatchGetField: operation(`POST ${domain}/fields-batch`, shapes.BatchGetFieldRequest, batchGetField),
  ListFieldOptions: operation(
    `POST ${field}/options-list`,
    shapes.ListFieldOptionsRequest,
    listFieldOptions,
    [...paging, 'values'],
  ),
  BatchPutFieldOptions: operation(
    `PUT ${field}/options`,
    shapes.BatchPutFieldOptionsRequest,
    batchPutFieldOptions,
  ),
} satisfies Record<string, Operation>;

const templateOperations = {
  CreateTemplate: operation(`POST ${domain}/templates`, shapes.CreateTemplateRequest, createTemplate),
  GetTemplate: operation(`POST ${template}`, shapes.GetTemplateRequest, getTemplate),
  UpdateTemplate: operation(`PUT ${template}`, shapes.UpdateTemplateRequest, updateTemplate),
  DeleteTemplate: operation(`DELETE ${template}`, shapes.DeleteTemplateRequest, deleteTemplate),
  ListTemplates: operation(`POST ${domain}/templates-list`, shapes.ListTemplatesRequest, listTemplates, [
    ...paging,
    'status',
  ]),
  CreateLayout: operation(`POST ${domain}/layouts`, shapes.CreateLayoutRequest, createLayout),
  GetLayout: operation(`POST ${layout}`, shapes.GetLayoutRequest, getLayout),
  UpdateLayout: operation(`PUT ${layout}`, shapes.UpdateLayoutRequest, updateLayout),
  DeleteLayout: operation(`DELETE ${layout}`, shapes.DeleteLayoutRequest, deleteLayout),
  ListLayouts: operation(`POST ${domain}/layouts-list`, shapes.ListLayoutsRequest, listLayouts, paging),
  CreateCaseRule: operation(`POST ${domain}/case-rules`, shapes.CreateCaseRuleRequest, createCaseRule),
  UpdateCaseRule: operation(`PUT ${rule}`, shapes.UpdateCaseRuleRequest, updateCaseRule),
  DeleteCaseRule: operation(`DELETE ${rule}`, shapes.DeleteCaseRuleRequest, deleteCaseRule),
  BatchGetCaseRule: operation(`POST ${domain}/rules-batch`, shapes.BatchGetCaseRuleRequest, batchGetCaseRule),
  ListCaseRules: operation(`POST ${domain}/rules-list`, shapes.ListCaseRulesRequest, listCaseRules, paging),
} satisfies Record<string, Operation>;

/** The model does not have these: they are made from the documents alone. */
const documentedOperations = {
  BatchCreateRelatedItem: {
    ...operation(
      'POST /cases:batchCreateRelatedItem',
      shapes.BatchCreateRelatedItemRequest,
      batchCreateRelatedItem,
    ),
    action: 'CreateRelatedItem',
    isBatch: true,
    fromDocuments: true,
  },
  BatchUpdateCase: {
    ...operation('POST /cases:batchUpdateCase', shapes.BatchUpdateCaseRequest, batchUpdateCase),
    action: 'UpdateCase',
    isBatch: true,
    fromDocuments: true,
  },
  StartMergeCases: {
    ...operation(`POST ${aCase}/merge`, shapes.StartMergeCasesRequest, startMergeCases),
    fromDocuments: true,
  },
  GetMergeCasesStatus: {
    ...operation(`POST ${aCase}/merge-status`, shapes.GetMergeCasesStatusRequest, getMergeCasesStatus),
    fromDocuments: true,
  },
} satisfies Record<string, Operation>;

/** Every operation of the local service under its name in the service's model. */
export const operations = {
  ...casesOperations,
  ...itemOperations,
  ...domainOperations,
  ...fieldOperations,
  ...templateOperations,
  ...documentedOperations,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as readonly OperationName[];
