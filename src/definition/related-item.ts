import type {
  CommentContent,
  ConnectCaseContent,
  ConnectCaseInputContent,
  Contact,
  ContactContent,
  CustomContent,
  CustomInputContent,
  FileContent,
  RelatedItemInputContent,
  RelatedItemType,
  RelatedItemTypeFilter,
  SlaContent,
  SlaInputContent,
} from '@aws-sdk/client-connectcases';
import type { Candidate, Schema } from '../model/schema';
import type { FieldNames } from './domain-fields';
import type { Fields, Values } from './field';

/** The content that goes under the union member of each type of related item. */
export interface ContentByType {
  Comment: CommentContent;
  Contact: Contact;
  File: FileContent;
  Sla: SlaInputContent;
  ConnectCase: ConnectCaseInputContent;
  Custom: CustomInputContent;
}

/** The content of each type as a search gives it back. */
interface FoundContentByType {
  Comment: CommentContent;
  Contact: ContactContent;
  File: FileContent;
  Sla: SlaContent;
  ConnectCase: ConnectCaseContent;
  Custom: CustomContent;
}

type MemberOf<Union> = Union extends unknown ? Exclude<keyof Union, '$unknown'> : never;

/** One type of related item: drives mapping, validation, the editor's form, its defaults and its help. */
export interface RelatedItem<Type extends RelatedItemType = RelatedItemType> {
  /** Name of its files in nodes, icons, locales, examples, test and dist. */
  readonly base: string;
  /** Tag of the API's union. */
  readonly type: Type;
  /** Member of the API's union that holds the content. */
  readonly member: MemberOf<RelatedItemInputContent>;
  readonly color: string;
  readonly fields: Fields;
  /** What the service's model allows for the content. */
  readonly content: Schema;
  /**
   * The content for what the message held: friendly forms turned into the exact one, nothing judged yet. It is a copy
   * (`snapshot`) in which nothing can change any more.
   */
  toContent(values: Values): Candidate<ContentByType[Type]>;
  /** The content with the ids of what it calls by name, and with values that their fields hold; left out: it has no fields. */
  withIds?(content: ContentByType[Type], names: FieldNames): Promise<ContentByType[Type]>;
  /** The narrowest filter of a search that still finds an item of this content. */
  filter(content: ContentByType[Type]): RelatedItemTypeFilter;
  /** What tells items of a case apart, equal for a content that was sent and for the same as a search gives it back. */
  identity(content: ContentByType[Type] | FoundContentByType[Type]): readonly unknown[];
  /** Texts of the content that the service marks sensitive: no error and no log repeats them. */
  sensitiveTexts(content: ContentByType[Type]): readonly string[];
  /** The one content in place of two that follow each other; undefined where they don't fit into one. */
  merge?(first: ContentByType[Type], next: ContentByType[Type]): ContentByType[Type] | undefined;
  /** IAM actions that the service asks for besides `cases:CreateRelatedItem`. */
  readonly permissions: readonly string[];
}
