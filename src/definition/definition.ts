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
import { CaseId } from '../model/limits';
import type { Schema } from '../model/schema';

/** Where a typed value comes from: Node-RED's TypedInput types, and `rows`, the custom item's own list. */
export type ValueType =
  | 'msg'
  | 'flow'
  | 'global'
  | 'str'
  | 'num'
  | 'bool'
  | 'json'
  | 'jsonata'
  | 'env'
  | 'rows';

/** A property with a twin `<name>Type`: the flow builder says where the value comes from. */
export interface ValueField {
  readonly kind: 'value';
  readonly default: string;
  readonly defaultType: ValueType;
  readonly types: readonly ValueType[];
  /** What a message may hold for it, as the help says it. */
  readonly accepts?: string;
  /** May be left blank; then the member is left out of the request. */
  readonly optional?: true;
  /** Marked sensitive by the service: what goes wrong when it is read is not told, since that may repeat it. */
  readonly sensitive?: true;
  /** What a typed-in value has to satisfy; left out where only the whole can be judged. */
  readonly schema?: Schema;
  readonly pick?: Pick;
  readonly hint?: Hint;
}

/** What the form offers by name while an id is typed in. */
export type Pick = 'cases' | 'domains' | 'slaFields' | 'slaOptions' | 'regions';

/** What the form says below a value that is typed in; `arn:` is followed by how the ARN's resource looks. */
export type Hint = 'characters' | 'duration' | 'plainHttp' | `arn:${string}`;

/** A property with a fixed set of values. */
export interface ChoiceField {
  readonly kind: 'choice';
  readonly default: string;
  readonly options: readonly string[];
}

/** A property that is on or off. */
export interface FlagField {
  readonly kind: 'flag';
  readonly default: boolean;
}

/** The rows of the custom item's own editor; part of the field named by `of`. */
export interface RowsField {
  readonly kind: 'rows';
  readonly of: string;
}

export type Field = ValueField | ChoiceField | FlagField | RowsField;

/** The content that goes under the union member of each type of related item. */
export interface ContentByType {
  Comment: CommentContent;
  Contact: Contact;
  File: FileContent;
  Sla: SlaInputContent;
  ConnectCase: ConnectCaseInputContent;
  Custom: CustomInputContent;
}

/** Names the members of `T`, not yet what is in them: that is for `check` to say. */
export type Candidate<T> = T extends unknown ? { [Member in keyof T]?: unknown } : never;

/** What a message held for each value field (`undefined`: nothing), and what the form chose for the others. */
export type Values = Readonly<Record<string, unknown>>;

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
  readonly fields: Readonly<Record<string, Field>>;
  /** What the service's model allows for the content. */
  readonly content: Schema;
  /** The content for what the message held: friendly forms turned into the exact one, nothing judged yet. */
  toContent(values: Values): Candidate<ContentByType[Type]>;
}

/** One type of config node. */
export interface ConfigNode {
  readonly base: string;
  /** Properties kept in the flow file, with their defaults. */
  readonly properties: Readonly<Record<string, Property>>;
  /** Properties kept in Node-RED's credential store, never in the flow file. */
  readonly secrets?: Readonly<Record<string, Secret>>;
}

/** A plain property of a config node. */
export interface Property {
  readonly default: string | number | boolean;
  readonly options?: readonly string[];
  /** What the text, or the number it reads as, has to satisfy. */
  readonly schema?: Schema;
  /** May be left blank although it has a schema. */
  readonly optional?: true;
  /** A word that is taken in place of a number. */
  readonly word?: string;
  readonly pick?: Pick;
  readonly hint?: Hint;
  /** Shown in a section of its own that is closed at first. */
  readonly section?: string;
  /** The property is the id of a config node of this base. */
  readonly node?: string;
  readonly when?: Condition;
}

export interface Secret {
  /** A password never travels to the editor. */
  readonly kind: 'text' | 'password';
  readonly optional?: true;
  readonly when?: Condition;
}

/** Shown only while each of these properties has one of its values; of several such sets one is enough. */
export type Condition = readonly Readonly<Record<string, readonly string[]>>[];

/** `connect-cases-comment` for `comment`. */
export const nodeType = (base: string): string => `connect-cases-${base}`;

/** Where a text comes from by default: every source that can give a string. */
export const textSources = ['msg', 'flow', 'global', 'str', 'env', 'jsonata'] as const;

/** Properties that all item nodes have. */
export const commonFields = {
  caseId: {
    kind: 'value',
    default: 'caseId',
    defaultType: 'msg',
    types: textSources,
    schema: CaseId,
    pick: 'cases',
  },
  performedByKind: {
    kind: 'choice',
    default: 'inherit',
    options: ['inherit', 'none', 'userArn', 'customEntity'],
  },
  performedBy: {
    kind: 'value',
    default: '',
    defaultType: 'str',
    types: textSources,
    optional: true,
    sensitive: true,
    hint: 'arn:agent/',
  },
} as const satisfies Record<string, Field>;

/** All fields of an item node: those that all have, and its own. */
export const fieldsOf = (item: RelatedItem): Readonly<Record<string, Field>> => ({
  ...commonFields,
  ...item.fields,
});

/** What a flow stores for the fields of an item node that was just dropped, by the property's name. */
export const storedDefaults = (item: RelatedItem): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fieldsOf(item)).flatMap(([name, field]): [string, unknown][] => {
      switch (field.kind) {
        case 'value':
          return [
            [name, field.default],
            [`${name}Type`, field.defaultType],
          ];
        case 'rows':
          return [[name, []]];
        default:
          return [[name, field.default]];
      }
    }),
  );
