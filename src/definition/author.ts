import { UserUnion } from '../model/limits';
import { type ChoiceField, type Condition, type DependentSchema, textSources, type Values } from './field';

/** Who an item is by, named by the ARN of a user or by a name of one's own. */
export interface Author<Name = unknown> {
  readonly kind: keyof typeof UserUnion;
  readonly value: Name;
}

export const authorKinds = Object.keys(UserUnion) as readonly Author['kind'][];

const isNamed: Condition = [{ performedByKind: authorKinds }];

const name = {
  default: '',
  schema: { kind: 'by', property: 'performedByKind', schemas: UserUnion } satisfies DependentSchema,
  hint: 'arn:agent/',
  hintWhen: [{ performedByKind: ['userArn'] }],
  when: isNamed,
} as const;

const kinds = (...others: readonly string[]): ChoiceField => ({
  kind: 'choice',
  default: others[0] as string,
  options: [...others, ...authorKinds],
});

/** The author of a node that writes: the domain's, unless it says otherwise. */
export const authorFields = {
  performedByKind: kinds('inherit', 'none'),
  performedBy: {
    kind: 'value',
    ...name,
    defaultType: 'str',
    types: textSources,
    sensitive: true,
    members: authorKinds.map((kind) => `performedBy.${kind}`),
  },
} as const;

/** The author of all nodes of a domain that do not say otherwise. */
export const domainAuthorFields = {
  performedByKind: kinds('none'),
  performedBy: { kind: 'text', ...name },
} as const;

/**
 * The author that the properties of a node name, else the one that it inherits. Undefined where none is named: then
 * the service takes the caller.
 */
export function authorOf({ performedByKind, performedBy }: Values, inherited?: Author): Author | undefined {
  if (performedByKind === 'none') return undefined;
  const kind = authorKinds.find((known) => known === performedByKind);
  return kind ? { kind, value: performedBy === '' ? undefined : performedBy } : inherited;
}
