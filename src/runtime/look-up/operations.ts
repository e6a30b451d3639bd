import {
  GetCaseCommand,
  GetTemplateCommand,
  ListDomainsCommand,
  ListFieldOptionsCommand,
  ListFieldsCommand,
  ListTemplatesCommand,
  ResourceNotFoundException,
  SearchCasesCommand,
} from '@aws-sdk/client-connectcases';
import type { Choice, LookUpRequest, LookUps } from '../../definition/look-up-protocol';
import { type Account, type Entry, type From, listIn, textOf, wholeList } from './lists';

interface Operation<Found> {
  /** The IAM action that it needs. */
  readonly action: string;
  run(account: Account, request: LookUpRequest): Promise<Found>;
}

/** Cases that a search shows at most. */
const maxCases = 25;

/** Members of a page at most. */
const pageOf = { domains: 10, others: 100 } as const;

/** Each look-up of the pickers. What the service names without an id can't be chosen, so it is left out. */
export const operations: { readonly [Name in Exclude<keyof LookUps, 'test'>]: Operation<LookUps[Name]> } = {
  domains: {
    action: 'cases:ListDomains',
    async run(account) {
      const page = { maxResults: pageOf.domains };
      const read = (from: From) => account.client.send(new ListDomainsCommand({ ...page, ...from }));
      return choices(await wholeList(account, this.action, 'domains', read), 'domainId');
    },
  },
  fields: {
    action: 'cases:ListFields',
    async run(account) {
      const page = { domainId: account.domainId, maxResults: pageOf.others };
      const read = (from: From) => account.client.send(new ListFieldsCommand({ ...page, ...from }));
      const fields = await wholeList(account, this.action, 'fields', read);
      return fields.flatMap((field) =>
        choices([field], 'fieldId').map((choice) => ({
          ...choice,
          type: textOf(field, 'type') ?? '',
          custom: field.namespace === 'Custom',
        })),
      );
    },
  },
  options: {
    action: 'cases:ListFieldOptions',
    async run(account, { fieldId = 'status' }) {
      const page = { domainId: account.domainId, fieldId, maxResults: pageOf.others };
      const read = (from: From) => account.client.send(new ListFieldOptionsCommand({ ...page, ...from }));
      const options = await wholeList(account, this.action, 'options', read);
      return choices(
        options.filter(({ active }) => active === true),
        'value',
      );
    },
  },
  templates: {
    action: 'cases:ListTemplates',
    async run(account) {
      const page = { domainId: account.domainId, status: ['Active' as const], maxResults: pageOf.others };
      const read = (from: From) => account.client.send(new ListTemplatesCommand({ ...page, ...from }));
      return choices(await wholeList(account, this.action, 'templates', read), 'templateId');
    },
  },
  template: {
    action: 'cases:GetTemplate',
    async run({ client, domainId }, { templateId = '' }) {
      const answer = await client.send(new GetTemplateCommand({ domainId, templateId }));
      const required = answer.requiredFields === undefined ? [] : listIn(answer, 'requiredFields');
      return choices(required, 'fieldId');
    },
  },
  cases: {
    action: 'cases:SearchCases',
    async run({ client, domainId }, { search = '' }) {
      const answer = await client.send(
        new SearchCasesCommand({
          domainId,
          searchTerm: search.slice(0, 255),
          // Without words these are the cases that somebody has just worked on.
          ...(search === '' && { sorts: [{ fieldId: 'last_updated_datetime', sortOrder: 'Desc' }] }),
          maxResults: maxCases,
          fields: [{ id: 'title' }],
        }),
      );
      return listIn(answer, 'cases').flatMap((found) => {
        const id = textOf(found, 'caseId');
        return id ? [{ id, name: titleIn(found.fields) ?? id }] : [];
      });
    },
  },
  case: {
    action: 'cases:GetCase',
    async run({ client, domainId }, { caseId = '' }) {
      const answer = await client
        .send(new GetCaseCommand({ domainId, caseId, fields: [{ id: 'title' }] }))
        .catch(unlessThereIsNone);
      return answer ? [{ id: caseId, name: titleIn(listIn(answer, 'fields')) ?? caseId }] : [];
    },
  },
};

/** That there is no such thing is an answer, too. */
function unlessThereIsNone(error: unknown): undefined {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}

/** What can be chosen: those that have an id, by their names. */
const choices = (entries: readonly Entry[], idMember: string): Choice[] =>
  entries.flatMap((entry) => {
    const id = textOf(entry, idMember);
    return id ? [{ id, name: textOf(entry, 'name') ?? id }] : [];
  });

/** The text of the one field that was asked for. */
function titleIn(fields: unknown): string | undefined {
  const [title] = Array.isArray(fields) ? (fields as readonly (Entry | null)[]) : [];
  const value = title?.value;
  return typeof value === 'object' && value !== null ? textOf(value as Entry, 'stringValue') : undefined;
}
