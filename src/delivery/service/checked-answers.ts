import { plainCaseId } from '../../definition/related-item-rules';
import { check } from '../../model/check';
import { CaseId, DomainArn, RelatedItemArn, RelatedItemId } from '../../model/limits';
import type { Input, OperationName } from '../../model/operations';
import type { Schema } from '../../model/schema';

/** An answer that may be anything. */
type Unchecked = Readonly<Record<string, unknown>>;

/**
 * What is wrong with the answers of each operation; nothing: they are as documented. The SDK checks neither that a
 * member is there nor that a text is a text, and whatever answers in the service's place may say anything.
 */
export const problems: {
  readonly [Name in OperationName]: (answer: Unchecked, input: Input<Name>) => string | undefined;
} = {
  CreateRelatedItem({ relatedItemArn, relatedItemId }, { caseId }) {
    if (!isText(RelatedItemId, relatedItemId) || !isText(RelatedItemArn, relatedItemArn)) {
      return 'has no ARN and id of an item';
    }
    const [, caseOfItem = plainCaseId(caseId)] = /\/case\/([^/]+)\//.exec(relatedItemArn) ?? [];
    return relatedItemArn.endsWith(`related-item/${relatedItemId}`) && caseOfItem === plainCaseId(caseId)
      ? undefined
      : 'is about another item';
  },
  SearchRelatedItems({ relatedItems, nextToken }) {
    if (!Array.isArray(relatedItems)) return 'has no list of items';
    if (!relatedItems.every((item) => isNothing(item) || isItem(item))) return 'has an item without id';
    return pageProblem(nextToken);
  },
  GetDomain: ({ domainArn }, { domainId }) =>
    isText(DomainArn, domainArn) && domainArn.endsWith(`domain/${plainDomainId(domainId)}`)
      ? undefined
      : 'has no ARN of the domain',
  CreateCase: ({ caseId }) => (isText(CaseId, caseId) ? undefined : 'has no id of a case'),
  UpdateCase: () => undefined,
  SearchCases({ cases, nextToken }) {
    if (!Array.isArray(cases)) return 'has no list of cases';
    if (!cases.every((found) => isNothing(found) || isCase(found))) return 'has a case without id';
    return pageProblem(nextToken);
  },
  GetCase: ({ fields, nextToken }) =>
    Array.isArray(fields) ? pageProblem(nextToken) : 'has no list of fields',
  GetTemplate: ({ templateId }) => (isText(CaseId, templateId) ? undefined : 'has no id of a template'),
  ListFields: ({ fields, nextToken }) =>
    Array.isArray(fields) ? pageProblem(nextToken) : 'has no list of fields',
  ListFieldOptions: ({ options, nextToken }) =>
    Array.isArray(options) ? pageProblem(nextToken) : 'has no list of options',
  ListTemplates: ({ templates, nextToken }) =>
    Array.isArray(templates) ? pageProblem(nextToken) : 'has no list of templates',
};

const pageProblem = (nextToken: unknown): string | undefined =>
  isNothing(nextToken) || typeof nextToken === 'string' ? undefined : 'has no token of a next page';

/** Ids and ARNs go into the log and the status of nodes, so they hold nothing that can't be seen. */
const isText = (schema: Schema, value: unknown): value is string =>
  typeof value === 'string' && /^[!-~]+$/.test(value) && check(schema, value) === undefined;

const isNothing = (value: unknown): boolean => value === null || value === undefined;

const isItem = (item: unknown): boolean => isText(RelatedItemId, (item as Unchecked).relatedItemId);

const isCase = (found: unknown): boolean => isText(CaseId, (found as Unchecked).caseId);

/** A domain may be given by its ARN, too. */
const plainDomainId = (domainId = ''): string => domainId.slice(domainId.lastIndexOf('/') + 1);
