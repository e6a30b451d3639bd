import {
  type ConnectCasesClient,
  GetCaseCommand,
  GetTemplateCommand,
  paginateListDomains,
  paginateListFieldOptions,
  paginateListFields,
  paginateListTemplates,
  SearchCasesCommand,
} from '@aws-sdk/client-connectcases';
import type { LookUpRequest, LookUps } from '../../definition/look-up-protocol';

/** What a look-up works with. */
export interface Account {
  readonly client: ConnectCasesClient;
  readonly domainId: string;
}

interface Operation<Found> {
  /** The IAM action that it needs. */
  readonly action: string;
  run(account: Account, request: LookUpRequest): Promise<Found>;
}

/** Cases that a search shows at most. */
const maxCases = 25;

/** Each look-up of the pickers, read to its last page. */
export const operations: { readonly [Name in Exclude<keyof LookUps, 'test'>]: Operation<LookUps[Name]> } = {
  domains: {
    action: 'cases:ListDomains',
    run: async ({ client }) =>
      (await all(paginateListDomains({ client }, {}), (page) => page.domains)).map(({ domainId, name }) => ({
        id: domainId ?? '',
        name: name ?? '',
      })),
  },
  fields: {
    action: 'cases:ListFields',
    run: async ({ client, domainId }) =>
      (await all(paginateListFields({ client }, { domainId }), (page) => page.fields)).map((field) => ({
        id: field.fieldId ?? '',
        name: field.name ?? '',
        type: field.type ?? '',
        custom: field.namespace === 'Custom',
      })),
  },
  options: {
    action: 'cases:ListFieldOptions',
    run: async ({ client, domainId }, { fieldId = 'status' }) =>
      (await all(paginateListFieldOptions({ client }, { domainId, fieldId }), (page) => page.options))
        .filter(({ active }) => active)
        .map(({ name, value }) => ({ id: value ?? '', name: name ?? '' })),
  },
  templates: {
    action: 'cases:ListTemplates',
    run: async ({ client, domainId }) => {
      const pages = paginateListTemplates({ client }, { domainId, status: ['Active'] });
      return (await all(pages, (page) => page.templates)).map(({ templateId, name }) => ({
        id: templateId ?? '',
        name: name ?? '',
      }));
    },
  },
  template: {
    action: 'cases:GetTemplate',
    async run({ client, domainId }, { templateId = '' }) {
      const { requiredFields = [] } = await client.send(new GetTemplateCommand({ domainId, templateId }));
      return requiredFields.map(({ fieldId = '' }) => ({ id: fieldId, name: fieldId }));
    },
  },
  cases: {
    action: 'cases:SearchCases',
    async run({ client, domainId }, { search = '' }) {
      const { cases = [] } = await client.send(
        new SearchCasesCommand({
          domainId,
          searchTerm: search.slice(0, 255),
          maxResults: maxCases,
          fields: [{ id: 'title' }],
        }),
      );
      return cases.flatMap((found) =>
        found?.caseId
          ? [{ id: found.caseId, name: found.fields?.[0]?.value?.stringValue ?? found.caseId }]
          : [],
      );
    },
  },
  case: {
    action: 'cases:GetCase',
    async run({ client, domainId }, { caseId = '' }) {
      const { fields } = await client.send(
        new GetCaseCommand({ domainId, caseId, fields: [{ id: 'title' }] }),
      );
      return [{ id: caseId, name: fields?.[0]?.value?.stringValue ?? caseId }];
    },
  },
};

async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}
