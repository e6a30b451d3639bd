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
import { check } from '../../model/check';
import { CaseId, DomainArn, RelatedItemArn, RelatedItemId } from '../../model/limits';
import type { Input, OperationName } from '../../model/operations';
import type { Schema } from '../../model/schema';
import { plainId } from '../../model/text';

/** An answer that may be anything. */
type Unchecked = Readonly<Record<string, unknown>>;

/** An operation as the SDK calls it. */
interface Operation<Name extends OperationName> {
  readonly command: new (input: never) => object;
  /**
   * What is wrong with an answer; undefined: it is as documented. The SDK checks neither that a member is there nor that
   * a text is a text, and whatever answers in the service's place may say anything.
   */
  problem(answer: Unchecked, input: Input<Name>): string | undefined;
}

const operations: { readonly [Name in OperationName]: Operation<Name> } = {
  CreateRelatedItem: {
    command: CreateRelatedItemCommand,
    problem({ relatedItemArn, relatedItemId }, { caseId }) {
      if (!isText(RelatedItemId, relatedItemId) || !isText(RelatedItemArn, relatedItemArn)) {
        return 'has no ARN and id of an item';
      }
      const [, caseOfItem = plainId(caseId)] = /\/case\/([^/]+)\//.exec(relatedItemArn) ?? [];
      return relatedItemArn.endsWith(`related-item/${relatedItemId}`) && caseOfItem === plainId(caseId)
        ? undefined
        : 'is about another item';
    },
  },
  SearchRelatedItems: {
    command: SearchRelatedItemsCommand,
    problem({ relatedItems, nextToken }) {
      if (!Array.isArray(relatedItems)) return 'has no list of items';
      if (!relatedItems.every((item) => isNothing(item) || isItem(item))) return 'has an item without id';
      return pageProblem(nextToken);
    },
  },
  GetDomain: {
    command: GetDomainCommand,
    problem: ({ domainArn }, { domainId }) =>
      isText(DomainArn, domainArn) && domainArn.endsWith(`domain/${plainId(domainId)}`)
        ? undefined
        : 'has no ARN of the domain',
  },
  CreateCase: {
    command: CreateCaseCommand,
    problem: ({ caseId }) => (isText(CaseId, caseId) ? undefined : 'has no id of a case'),
  },
  UpdateCase: { command: UpdateCaseCommand, problem: () => undefined },
  SearchCases: {
    command: SearchCasesCommand,
    problem({ cases, nextToken }) {
      if (!Array.isArray(cases)) return 'has no list of cases';
      if (!cases.every((found) => isNothing(found) || isCase(found))) return 'has a case without id';
      return pageProblem(nextToken);
    },
  },
  GetCase: { command: GetCaseCommand, problem: listProblem('fields') },
  GetTemplate: {
    command: GetTemplateCommand,
    problem: ({ templateId }) => (isText(CaseId, templateId) ? undefined : 'has no id of a template'),
  },
  ListFields: { command: ListFieldsCommand, problem: listProblem('fields') },
  ListFieldOptions: { command: ListFieldOptionsCommand, problem: listProblem('options') },
  ListTemplates: { command: ListTemplatesCommand, problem: listProblem('templates') },
};

type Command = Parameters<ConnectCasesClient['send']>[0] & { readonly input: object };

/** The SDK's command for a request; of a copy of `input`, since a request that is sent again is another call. */
export const commandFor = (operation: OperationName, input: object): Command =>
  new (operations[operation].command as unknown as new (input: object) => Command)({ ...input });

/** What is wrong with an answer; undefined: it is as documented. */
export const problemOf = <Name extends OperationName>(
  operation: Name,
  answer: Unchecked,
  input: Input<Name>,
): string | undefined => operations[operation].problem(answer, input);

function listProblem(list: string) {
  return ({ [list]: entries, nextToken }: Unchecked): string | undefined =>
    Array.isArray(entries) ? pageProblem(nextToken) : `has no list of ${list}`;
}

const pageProblem = (nextToken: unknown): string | undefined =>
  isNothing(nextToken) || typeof nextToken === 'string' ? undefined : 'has no token of a next page';

/** Ids and ARNs go into the log and the status of nodes, so they hold nothing that can't be seen. */
const isText = (schema: Schema, value: unknown): value is string =>
  typeof value === 'string' && /^[!-~]+$/.test(value) && check(schema, value) === undefined;

const isNothing = (value: unknown): boolean => value === null || value === undefined;

const isItem = (item: unknown): boolean => isText(RelatedItemId, (item as Unchecked).relatedItemId);

const isCase = (found: unknown): boolean => isText(CaseId, (found as Unchecked).caseId);
