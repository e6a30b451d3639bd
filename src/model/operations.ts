import type {
  CreateCaseRequest,
  CreateCaseResponse,
  CreateRelatedItemRequest,
  CreateRelatedItemResponse,
  GetCaseRequest,
  GetCaseResponse,
  GetDomainRequest,
  GetDomainResponse,
  GetTemplateRequest,
  GetTemplateResponse,
  ListFieldOptionsRequest,
  ListFieldOptionsResponse,
  ListFieldsRequest,
  ListFieldsResponse,
  ListTemplatesRequest,
  ListTemplatesResponse,
  SearchCasesRequest,
  SearchCasesResponse,
  SearchRelatedItemsRequest,
  SearchRelatedItemsResponse,
  UpdateCaseRequest,
  UpdateCaseResponse,
} from '@aws-sdk/client-connectcases';

/** The operations of the API that nodes call, with what goes in and what comes out. */
export interface Operations {
  CreateRelatedItem: { input: CreateRelatedItemRequest; output: CreateRelatedItemResponse };
  CreateCase: { input: CreateCaseRequest; output: CreateCaseResponse };
  UpdateCase: { input: UpdateCaseRequest; output: UpdateCaseResponse };
  SearchCases: { input: SearchCasesRequest; output: SearchCasesResponse };
  GetCase: { input: GetCaseRequest; output: GetCaseResponse };
  SearchRelatedItems: { input: SearchRelatedItemsRequest; output: SearchRelatedItemsResponse };
  GetTemplate: { input: GetTemplateRequest; output: GetTemplateResponse };
  ListFields: { input: ListFieldsRequest; output: ListFieldsResponse };
  ListFieldOptions: { input: ListFieldOptionsRequest; output: ListFieldOptionsResponse };
  ListTemplates: { input: ListTemplatesRequest; output: ListTemplatesResponse };
  GetDomain: { input: GetDomainRequest; output: GetDomainResponse };
}

export type OperationName = keyof Operations;
export type Input<Name extends OperationName> = Operations[Name]['input'];
export type Output<Name extends OperationName> = Operations[Name]['output'];

/** A request that has passed validation: nothing about it needs to be checked again. */
export type RelatedItemRequest = Input<'CreateRelatedItem'> & { domainId: string; caseId: string };

/** The IAM action that an operation needs. */
export const iamActionOf = (operation: OperationName): `cases:${OperationName}` => `cases:${operation}`;

/** Whether an operation changes anything; one that only reads never leaves a doubt. */
export const writes = {
  CreateRelatedItem: true,
  CreateCase: true,
  UpdateCase: true,
  SearchCases: false,
  GetCase: false,
  SearchRelatedItems: false,
  GetTemplate: false,
  ListFields: false,
  ListFieldOptions: false,
  ListTemplates: false,
  GetDomain: false,
} as const satisfies Readonly<Record<OperationName, boolean>>;
