import type {
  CommentContent,
  ConnectCaseInputContent,
  Contact,
  CustomInputContent,
  FileContent,
  RelatedItemInputContent,
  RelatedItemType,
  SlaInputContent,
} from '@aws-sdk/client-connectcases';
import type { Candidate, Schema } from '../model/schema';
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
  /** The content for what the message held: friendly forms turned into the exact one, nothing judged yet. */
  toContent(values: Values): Candidate<ContentByType[Type]>;
}
