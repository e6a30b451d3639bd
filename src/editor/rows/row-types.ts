import { isDateTime } from '../../model/field-value';

/** What a form knows of a type of case field. */
export interface RowType {
  /** The types of typed-in value that fit, the best one first. */
  readonly types: readonly string[];
  /** What a text of this type looks like, and whether one does. */
  readonly example?: string;
  fits?(text: string): boolean;
}

const rowTypes: Readonly<Record<string, RowType>> = {
  Text: { types: ['str'] },
  Number: { types: ['num'] },
  Boolean: { types: ['bool'] },
  DateTime: {
    types: ['str'],
    example: '2026-08-03T08:00:00Z',
    fits: isDateTime,
  },
  SingleSelect: { types: ['str'] },
  Url: {
    types: ['str'],
    example: 'https://example.com/',
    fits: (text) => URL.canParse(text) && /^https?:/.test(text),
  },
  User: { types: ['userArn'], example: 'arn:aws:connect:…/agent/…' },
};

/** A field whose type is not known: any value fits. */
const anyType: RowType = { types: ['str', 'num', 'bool', 'userArn', 'json'] };

/** What the form knows of a type of case field, also of one that the service has got since. */
export const rowTypeOf = (type: string | undefined): RowType => rowTypes[type ?? ''] ?? anyType;

/** Where a value can come from instead, whatever its type. */
export const messageTypes = ['msg', 'flow', 'global', 'env', 'jsonata'];

/** What the typed input of a row offers; options of a field as a list of names. */
export function typedTypes(
  node: EditorNode,
  types: readonly string[],
  options: readonly { id: string; name: string }[] = [],
): unknown[] {
  return [...types, ...messageTypes].map((type) => {
    if (type === 'userArn') {
      return { value: 'userArn', label: node._('option.fields.userArn'), icon: 'fa fa-user' };
    }
    if (type !== 'str' || options.length === 0) return type;
    return {
      value: 'str',
      label: node._('option.fields.choice'),
      icon: 'fa fa-list',
      options: options.map(({ id, name }) => ({ value: id, label: name })),
    };
  });
}
