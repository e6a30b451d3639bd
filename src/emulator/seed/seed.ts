import type {
  CaseRuleDetails,
  EventBridgeConfiguration,
  FieldOption,
  FieldType,
  FieldValue,
  LayoutContent,
  RelatedItemInputContent,
  RelatedItemType,
  TemplateRule,
  TemplateStatus,
  UserUnion,
} from '@aws-sdk/client-connectcases';
import type { Entry } from '../model/schema';

/** A seed after the check, with its maps as lists of entries; `Tags` are a map in the file. */
export interface Seed<Tags = readonly Entry[]> {
  readonly domains: readonly SeedDomain<Tags>[];
}
export interface SeedDescribed<Tags = readonly Entry[]> {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly tags?: Tags;
  /** It can only be read. */
  readonly deleted?: boolean;
}
export interface SeedField<Tags = readonly Entry[]> extends SeedDescribed<Tags> {
  /** Of a custom field. Left out for a field of the system, whose options alone can be given. */
  readonly type?: FieldType;
  readonly multiline?: boolean;
  readonly options?: readonly (Omit<FieldOption, 'active'> & Partial<Pick<FieldOption, 'active'>>)[];
}
export interface SeedTemplate<Tags = readonly Entry[]> extends SeedDescribed<Tags> {
  readonly status?: TemplateStatus;
  readonly requiredFields?: readonly string[];
  readonly layout?: string;
  readonly rules?: readonly TemplateRule[];
  readonly caseTags?: Tags;
}
export interface SeedItem<Tags = readonly Entry[]> {
  readonly id?: string;
  readonly type: RelatedItemType;
  readonly content: RelatedItemInputContent;
  readonly createdAt?: string;
  readonly performedBy?: UserUnion;
  readonly tags?: Tags;
}
export interface SeedCase<Tags = readonly Entry[]> {
  readonly id?: string;
  readonly template: string;
  readonly createdAt?: string;
  readonly fields: readonly FieldValue[];
  readonly performedBy?: UserUnion;
  readonly tags?: Tags;
  readonly items?: readonly SeedItem<Tags>[];
}
export interface SeedDomain<Tags = readonly Entry[]> {
  readonly id?: string;
  readonly name: string;
  readonly tags?: Tags;
  readonly events?: EventBridgeConfiguration;
  readonly fields?: readonly SeedField<Tags>[];
  readonly layouts?: readonly (SeedDescribed<Tags> & { readonly content: LayoutContent })[];
  readonly rules?: readonly (SeedDescribed<Tags> & { readonly rule: CaseRuleDetails })[];
  readonly templates?: readonly SeedTemplate<Tags>[];
  readonly cases?: readonly SeedCase<Tags>[];
}
