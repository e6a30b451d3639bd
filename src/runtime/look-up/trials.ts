import { randomUUID } from 'node:crypto';
import {
  CreateCaseCommand,
  CreateRelatedItemCommand,
  GetCaseCommand,
  GetDomainCommand,
  GetTemplateCommand,
  type RelatedItemInputContent,
  type RelatedItemType,
  SearchCasesCommand,
  SearchRelatedItemsCommand,
  UpdateCaseCommand,
} from '@aws-sdk/client-connectcases';
import { type FlowNeeds, pickerOperations } from '../../definition/look-up-protocol';
import { UnreadableAnswer } from '../../delivery/service/network-errors';
import { problemOf } from '../../delivery/service/operations';
import type { OperationName } from '../../model/operations';
import { type Account, listIn, textOf } from './lists';
import { operations } from './operations';

/** One thing that a connection test tries. */
export interface Trial {
  /** The IAM action, with the type of item where there is one. */
  readonly action: string;
  /** The allowance of its requests: one for each API. */
  readonly operation: string;
  /** What else does not work where this does not. */
  readonly purpose: 'domain' | 'names' | 'search' | 'write';
  /** It works on something that can't exist: a 404 says that it is allowed. */
  readonly aimless?: true;
  /** Resolves with what was found. */
  run(): Promise<string>;
}

type Attempt = Omit<Trial, 'action' | 'operation'>;

/** Something small of each type, as a request has to hold it to be judged at all. */
const contents = (region: string) => {
  const instance = `arn:aws:connect:${region}:123456789012:instance/${randomUUID()}`;
  return {
    Comment: { comment: { body: 'connection test', contentType: 'Text/Plain' } },
    Contact: { contact: { contactArn: `${instance}/contact/${randomUUID()}` } },
    File: { file: { fileArn: `${instance}/file/${randomUUID()}` } },
    Sla: {
      sla: {
        slaInputConfiguration: {
          name: 'connection test',
          type: 'CaseField',
          fieldId: 'status',
          targetFieldValues: [{ stringValue: 'closed' }],
          targetSlaMinutes: 60,
        },
      },
    },
    ConnectCase: { connectCase: { caseId: randomUUID() } },
    Custom: { custom: { fields: [{ id: randomUUID(), value: { stringValue: 'connection test' } }] } },
  } satisfies Record<RelatedItemType, RelatedItemInputContent>;
};

/**
 * How each operation is tried without a trace: reads are carried out, and what works on a case or a template is asked
 * for one that can't exist.
 */
const attempts = (account: Account): Record<Exclude<OperationName, 'CreateRelatedItem'>, Attempt> => {
  const { client, domainId } = account;
  const caseId = randomUUID();
  const templateId = randomUUID();
  const domain = { domain: {} };
  const aimless = (send: () => Promise<unknown>) =>
    ({ aimless: true, run: () => send().then(() => '') }) as const;
  return {
    GetDomain: {
      purpose: 'domain',
      run: async () => {
        const answer = await client.send(new GetDomainCommand({ domainId }));
        const problem = problemOf('GetDomain', { ...answer }, { domainId });
        if (problem !== undefined) throw new UnreadableAnswer(problem, answer.$metadata);
        return textOf({ ...answer }, 'name') ?? domainId;
      },
    },
    ListFields: {
      purpose: 'names',
      run: async () => count(await operations.fields.run(account, domain)),
    },
    ListFieldOptions: {
      purpose: 'names',
      run: async () => count(await operations.options.run(account, domain)),
    },
    ListTemplates: {
      purpose: 'names',
      run: async () => count(await operations.templates.run(account, domain)),
    },
    SearchCases: {
      purpose: 'names',
      run: async () => {
        const answer = await client.send(new SearchCasesCommand({ domainId, maxResults: 1 }));
        return count(listIn(answer, 'cases'));
      },
    },
    GetCase: {
      purpose: 'names',
      ...aimless(() => client.send(new GetCaseCommand({ domainId, caseId, fields: [{ id: 'title' }] }))),
    },
    SearchRelatedItems: {
      purpose: 'search',
      ...aimless(() => client.send(new SearchRelatedItemsCommand({ domainId, caseId, maxResults: 1 }))),
    },
    GetTemplate: {
      purpose: 'write',
      ...aimless(() => client.send(new GetTemplateCommand({ domainId, templateId }))),
    },
    CreateCase: {
      purpose: 'write',
      ...aimless(() => client.send(new CreateCaseCommand({ domainId, templateId, fields: [] }))),
    },
    UpdateCase: {
      purpose: 'write',
      ...aimless(() => client.send(new UpdateCaseCommand({ domainId, caseId, fields: [] }))),
    },
  };
};

/** The trials for a flow. Without a domain there is nothing to try but the list of domains. */
export function trialsFor(account: Account, region: string, needs: FlowNeeds): readonly [Trial, ...Trial[]] {
  const listDomains: Trial = {
    action: operations.domains.action,
    operation: 'ListDomains',
    purpose: 'names',
    run: async () => count(await operations.domains.run(account, { domain: {} })),
  };
  if (account.domainId === '') return [listDomains];
  const known = attempts(account);
  const wanted = new Set<string>([...pickerOperations, ...needs.operations]);
  const others = Object.entries(known)
    .filter(([operation]) => wanted.has(operation))
    .map(([operation, attempt]) => ({
      ...attempt,
      action: `cases:${operation}`,
      operation,
      ...(needs.operations.includes(operation) &&
        attempt.purpose === 'names' && { purpose: 'write' as const }),
    }));
  return [listDomains, ...others, ...creations(account, region, needs)];
}

/** A permission may be for some types only, so each is tried. */
function creations({ client, domainId }: Account, region: string, { types }: FlowNeeds): Trial[] {
  return Object.entries(contents(region))
    .filter(([type]) => types.includes(type))
    .map(([type, content]) => ({
      action: `cases:CreateRelatedItem (${type})`,
      operation: 'CreateRelatedItem',
      purpose: 'write',
      aimless: true,
      run: async () => {
        const request = { domainId, caseId: randomUUID(), type: type as RelatedItemType, content };
        await client.send(new CreateRelatedItemCommand(request));
        return '';
      },
    }));
}

const count = (found: readonly unknown[]): string => String(found.length);
