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

/** What the form offers by name while an id is typed in. */
export type NameSource =
  | 'cases'
  | 'domains'
  | 'fields'
  | 'regions'
  | 'slaFields'
  | 'slaOptions'
  | 'templates';

/** What the form says below a value that is typed in; `arn:` is followed by how the ARN's resource looks. */
type Hint = 'characters' | 'duration' | 'plainHttp' | 'region' | 'replaces' | `arn:${string}`;

/** Shown only while each of these properties has one of its values; of several such sets one is enough. */
export type Condition = readonly Readonly<Record<string, readonly string[]>>[];

/** What a field of any kind may have. */
interface Placed {
  readonly when?: Condition;
  /** Shown in a section of its own that is closed at first. */
  readonly section?: string;
}

/** A property with a twin `<name>Type`: the flow builder says where the value comes from. */
export interface ValueField extends Placed {
  readonly kind: 'value';
  readonly default: string;
  readonly defaultType: ValueType;
  readonly types: readonly ValueType[];
  /** What most people want of it: a new form begins with this, and shows it without a choice of sources. */
  readonly usual?: Usual;
  /** Members of the request that it fills, as errors name them, where they have other names. */
  readonly members?: readonly string[];
  /** What a message may hold for it, as the help says it. */
  readonly accepts?: string;
  /** May be left blank; then the member is left out of the request. */
  readonly optional?: true;
  /** Marked sensitive by the service: what goes wrong when it is read is not told, since that may repeat it. */
  readonly sensitive?: true;
  /** What a typed-in value has to satisfy; left out where only the whole can be judged. */
  readonly schema?: Schema | DependentSchema;
  readonly pick?: NameSource;
  /** Says what the node does, so it stands in the node's label where it is typed in. */
  readonly inLabel?: true;
  readonly hint?: Hint;
  /** When the hint is of use; left out: always. */
  readonly hintWhen?: Condition;
}

/** The usual source of a value, and the value there. */
interface Usual {
  readonly type: ValueType;
  readonly value: string;
  /** Always the same, so not shown while it is. */
  readonly hidden?: true;
}

/** A property that is typed in as it is: a text, or a number. */
export interface TextField extends Placed {
  readonly kind: 'text';
  readonly default: string | number;
  /** Names a property of the message, as Node-RED writes one: `payload`, `connect.arn`, `list[0]`. */
  readonly isProperty?: true;
  /** May be left blank although it has a schema. */
  readonly optional?: true;
  /** What the text, or the number it reads as, has to satisfy. */
  readonly schema?: Schema | DependentSchema;
  /** A word that is taken in place of a number. */
  readonly word?: string;
  readonly pick?: NameSource;
  readonly hint?: Hint;
  readonly hintWhen?: Condition;
}

/** A property with a fixed set of values. */
export interface ChoiceField extends Placed {
  readonly kind: 'choice';
  readonly default: string;
  readonly options: readonly string[];
  /** The form asks it as a question, and says a sentence about the answer. */
  readonly explained?: true;
  /** What the form says below it: `store`, why messages wait in memory although the disk is chosen. */
  readonly hint?: 'store';
}

/** A property that is on or off. */
interface FlagField extends Placed {
  readonly kind: 'flag';
  readonly default: boolean;
}

/** The id of a config node. */
export interface NodeField extends Placed {
  readonly kind: 'node';
  /** Base name of the config node's type. */
  readonly base: string;
  /** Where none is chosen, the form takes what a new one needs: its properties, and those of its secrets that are asked. */
  readonly inPlace?: InPlace;
}

/** A config node that is made of what the form of another one asks. */
export interface InPlace {
  readonly properties: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** A row of a list of case fields, as a flow stores it: the member that names the field is `id` or `field`. */
export interface StoredRow {
  readonly id?: string;
  readonly field?: string;
  readonly operator?: string;
  readonly value: string;
  /** `userArn` is for fields of the type User. */
  readonly valueType: ValueType | 'userArn';
}

/** A list of case fields with a value for each, in an editor of its own. */
export interface RowsField extends Placed {
  readonly kind: 'rows';
  readonly default: readonly StoredRow[];
  /** Member of a row that names the field. */
  readonly key: 'id' | 'field';
  /** Which fields are offered by name. */
  readonly offers: 'fields' | 'customFields';
  /** How the value may be compared, the first being what a new row has; left out: a row has no such choice. */
  readonly operators?: readonly string[];
  /** The value field that the list is part of: it counts while that one's type is `rows`. Left out: always. */
  readonly of?: string;
  /** How errors name the list; left out: by the property. */
  readonly path?: string;
  /** May be left empty. */
  readonly optional?: true;
}

/** A list of the names or ids of case fields. */
export interface NamesField extends Placed {
  readonly kind: 'names';
  /** How many there may be, where there are any; left out: any number. */
  readonly size?: { readonly min: number; readonly max: number };
}

/** Any number of a fixed set of values. */
export interface ChecksField extends Placed {
  readonly kind: 'checks';
  readonly options: readonly string[];
}

/** How many outputs the node has: two while the condition holds. */
export interface OutputsField extends Placed {
  readonly kind: 'outputs';
  readonly two: Condition;
}

/** One property of a node: drives its form, its validation, its default and its registration. */
export type Field =
  | ValueField
  | TextField
  | ChoiceField
  | FlagField
  | NodeField
  | RowsField
  | NamesField
  | ChecksField
  | OutputsField;

/** The properties of a node by their names, in the order in which the form shows them. */
export type Fields = Readonly<Record<string, Field>>;

/** What a message held for each value field (`undefined`: nothing), and what the form chose for the others. */
export type Values = Readonly<Record<string, unknown>>;

/** What a text has to satisfy where another property decides that; nothing while it has none of these values. */
export interface DependentSchema {
  readonly kind: 'by';
  readonly property: string;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** What becomes of a message whose text is longer than the service allows. */
export const tooLong: ChoiceField = { kind: 'choice', default: 'error', options: ['error', 'truncate'] };

/** Where a text comes from by default: every source that can give a string. */
export const textSources = ['msg', 'flow', 'global', 'str', 'env', 'jsonata'] as const;
