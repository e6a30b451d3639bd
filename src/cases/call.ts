import type {
  CreateCaseRequest,
  CreateCaseResponse,
  GetCaseRequest,
  GetCaseResponse,
  SearchCasesRequest,
  SearchCasesResponse,
  SearchRelatedItemsRequest,
  SearchRelatedItemsResponse,
  UpdateCaseRequest,
  UpdateCaseResponse,
} from '@aws-sdk/client-connectcases';

/** The operations that the case nodes take, with what goes in and what comes out. */
export interface CaseOperations {
  SearchCases: { input: SearchCasesRequest; output: SearchCasesResponse };
  CreateCase: { input: CreateCaseRequest; output: CreateCaseResponse };
  GetCase: { input: GetCaseRequest; output: GetCaseResponse };
  UpdateCase: { input: UpdateCaseRequest; output: UpdateCaseResponse };
  SearchRelatedItems: { input: SearchRelatedItemsRequest; output: SearchRelatedItemsResponse };
}
export type CaseOperation = keyof CaseOperations;

/**
 * One operation of the service, carried out at the pace of its quota and repeated until there is an answer.
 * Rejects with a `CasesError` only.
 */
export type Call = <Name extends CaseOperation>(
  operation: Name,
  input: CaseOperations[Name]['input'],
) => Promise<CaseOperations[Name]['output']>;
