import {
  type ConnectCasesClient,
  CreateCaseCommand,
  GetCaseCommand,
  SearchCasesCommand,
  SearchRelatedItemsCommand,
  UpdateCaseCommand,
} from '@aws-sdk/client-connectcases';
import type { CaseOperation, CaseOperations } from '../../cases/call';

/** What calls need of the service: one request each, which rejects with whatever went wrong. */
export interface OperationService {
  call<Name extends CaseOperation>(
    operation: Name,
    input: CaseOperations[Name]['input'],
    signal: AbortSignal,
  ): Promise<CaseOperations[Name]['output']>;
}

const commands = {
  SearchCases: SearchCasesCommand,
  CreateCase: CreateCaseCommand,
  GetCase: GetCaseCommand,
  UpdateCase: UpdateCaseCommand,
  SearchRelatedItems: SearchRelatedItemsCommand,
} as const satisfies Record<CaseOperation, unknown>;

type Command = Parameters<ConnectCasesClient['send']>[0] & { readonly input: object };

/** The SDK's command for a request; a copy of `input`, since a request that is sent again is another call. */
export const commandFor = (operation: CaseOperation, input: object): Command =>
  new (commands[operation] as unknown as new (input: object) => Command)({ ...input });

/** Operations that change something, so that it matters whether a request whose answer was lost was carried out. */
export const writing: ReadonlySet<CaseOperation> = new Set(['CreateCase', 'UpdateCase']);
