/**
 * The limits of Amazon Connect Cases, each under the name of the shape of the service's model
 * (2022-10-03) that it comes from. Lengths are in characters (Unicode code points).
 */
import { integer, string } from './schema';

export const DomainId = string({ min: 1, max: 500 });
export const CaseId = string({ min: 1, max: 500 });
export const FieldId = string({ min: 1, max: 500 });
export const ContactArn = string({ min: 1, max: 500 });
export const FileArn = string({ min: 1, max: 500 });
export const UserArn = string({ min: 1, max: 500 });
export const CustomEntity = string({
  min: 1,
  max: 500,
  pattern: { test: /^[a-zA-Z0-9_\-.@:/ ]*[a-zA-Z0-9_\-.@:/]$/, rule: 'entity' },
  sensitive: true,
});

export const CommentBody = string({ min: 1, max: 15_000 });
export const CommentBodyTextType = string({ values: ['Text/Plain'] });

export const SlaName = string({
  min: 1,
  max: 500,
  pattern: { test: /^.*\S$/, rule: 'endsInSpace' },
  sensitive: true,
});
export const SlaType = string({ values: ['CaseField'] });
/** Two years. */
export const TargetSlaMinutes = integer({ min: 1, max: 1_051_200 });
export const SlaFieldValueUnionList = { min: 1, max: 1 } as const;

export const CustomInputContentFieldsList = { min: 1, max: 50 } as const;
export const FieldValueUnionStringValueString = string({ min: 0, max: 4100 });

export const RelatedItemId = string({ min: 1, max: 500 });
/** Members of a page of SearchRelatedItems (`SearchRelatedItemsRequestMaxResultsInteger`). */
export const SearchRelatedItemsPage = { min: 1, max: 25 } as const;

/**
 * Default quotas per second of one account in one Region (administrator guide, "service quotas"),
 * one bucket per API. All can be raised, so they are only where pacing starts.
 */
export const defaultQuota = {
  CreateRelatedItem: { perSecond: 2, burst: 10 },
  SearchRelatedItems: { perSecond: 2, burst: 10 },
} as const;
