import { CaseId } from '../model/limits';
import { iamActionOf, type OperationName } from '../model/operations';
import { string } from '../model/schema';
import { authorFields } from './author';
import { type ChoiceField, type Fields, type TextField, textSources, type Values } from './field';
import type { RelatedItem } from './related-item';

/** A node of the palette as far as its form and its help go. */
export interface PaletteNode {
  /** Name of its files in nodes, icons, locales, examples, test and dist. */
  readonly base: string;
  readonly color: string;
  /** All its properties in the order of the form, what every node of the palette has included. */
  readonly fields: Fields;
  /** Properties of the message that it sets, with their types, as the help lists them. */
  readonly results: Readonly<Record<string, string>>;
}

/** A node without an input: what it sends, it knows by itself. */
export type Reporter = PaletteNode;

/** What one node of the palette does with the messages that it gets. */
export interface Action<Name extends OperationName = OperationName> extends PaletteNode {
  /** The API operation that it calls: names its IAM action and the page that its help points to. */
  readonly operation: Name;
  /** The IAM actions that a node of this kind needs, as it is set up; left out: that of its operation. */
  readonly permissions?: (node: Values) => readonly string[];
}

/** The case that a node works on. */
export const caseId = {
  kind: 'value',
  default: 'caseId',
  defaultType: 'msg',
  types: textSources,
  schema: CaseId,
  pick: 'cases',
} as const;

/** What every node of the palette begins with. */
export const head = {
  name: { kind: 'text', default: '' },
  domain: { kind: 'node', base: 'domain' },
} as const;

/** What to do where the case has an item of the same content and author already. */
const repeat: ChoiceField = { kind: 'choice', default: 'add', options: ['add', 'keep'] };

/** The property of the message that gets what the node has to say. */
export const output = (property: string): TextField => ({
  kind: 'text',
  default: property,
  schema: string({ min: 1 }),
  isProperty: true,
  hint: 'replaces',
});

/** The action of the node that adds related items of one type to a case. */
export const relatedItemAction = (item: RelatedItem): Action<'CreateRelatedItem'> => ({
  base: item.base,
  color: item.color,
  operation: 'CreateRelatedItem',
  fields: {
    ...head,
    caseId,
    ...item.fields,
    ...authorFields,
    repeat,
    output: output('payload'),
  },
  results: { payload: 'string', relatedItem: 'object' },
});

/** The IAM actions that a node needs, as it is set up. */
export const permissionsOf = ({ operation, permissions }: Action, node: Values): readonly string[] =>
  permissions?.(node) ?? [iamActionOf(operation)];
