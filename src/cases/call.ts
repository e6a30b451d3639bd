import type { Input, Output } from '../model/operations';

/** The operations that the case nodes take, and those by which fields are found by name. */
export type CaseOperation =
  | 'SearchCases'
  | 'CreateCase'
  | 'GetCase'
  | 'UpdateCase'
  | 'SearchRelatedItems'
  | 'ListFields'
  | 'ListFieldOptions'
  | 'ListTemplates';

/**
 * One operation of the service, carried out at the pace of its quota and repeated until there is an answer.
 * Rejects with a `CasesError` only.
 */
export type Call = <Name extends CaseOperation>(operation: Name, input: Input<Name>) => Promise<Output<Name>>;
