import {
  type ConnectCasesClient,
  CreateCaseCommand,
  CreateRelatedItemCommand,
  GetCaseCommand,
  GetDomainCommand,
  GetTemplateCommand,
  ListFieldOptionsCommand,
  ListFieldsCommand,
  ListTemplatesCommand,
  SearchCasesCommand,
  SearchRelatedItemsCommand,
  UpdateCaseCommand,
} from '@aws-sdk/client-connectcases';
import type { OperationName } from '../../model/operations';

const commands = {
  CreateRelatedItem: CreateRelatedItemCommand,
  CreateCase: CreateCaseCommand,
  UpdateCase: UpdateCaseCommand,
  SearchCases: SearchCasesCommand,
  GetCase: GetCaseCommand,
  SearchRelatedItems: SearchRelatedItemsCommand,
  GetTemplate: GetTemplateCommand,
  ListFields: ListFieldsCommand,
  ListFieldOptions: ListFieldOptionsCommand,
  ListTemplates: ListTemplatesCommand,
  GetDomain: GetDomainCommand,
} as const satisfies Readonly<Record<OperationName, unknown>>;

type Command = Parameters<ConnectCasesClient['send']>[0] & { readonly input: object };

/** The SDK's command for a request; of a copy of `input`, since a request that is sent again is another call. */
export const commandFor = (operation: OperationName, input: object): Command =>
  new (commands[operation] as unknown as new (input: object) => Command)({ ...input });
