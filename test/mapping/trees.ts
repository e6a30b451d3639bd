import fc from 'fast-check';

/** Names that stand in a path as they are. */
export const plainName = fc.constantFrom('a', 'b', 'c');
/** Names that mean something to us or to JavaScript. */
const anyName = fc.oneof(
  fc.constantFrom('body', 'fields', 'id', 'value', 'stringValue', 'contact', 'contactArn', 'custom', 'sla'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'toJSON', 'length', '', 'with a blank'),
  fc.string({ maxLength: 5 }),
);
/** Lists and objects within each other, all that JSON can say, with members called by `name`. */
export const treeOf = (name: fc.Arbitrary<string>) =>
  fc.letrec((tie) => ({
    any: fc.oneof(fc.constantFrom('x', 7, true, null), tie('record'), tie('list')),
    list: fc.array(tie('any'), { maxLength: 4 }),
    record: fc.dictionary(name, tie('any'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  })).record as fc.Arbitrary<Record<string, unknown>>;
export const tree = treeOf(anyName);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A copy of `value` with each object in it, from within to without, as `change` makes it. */
export function changed(value: unknown, change: (object: Record<string, unknown>) => object): unknown {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return change(value.map((each) => changed(each, change)) as never);
  return change(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each, change)])));
}

/** A member of a tree: its path, as errors write it, and the objects that it is in, from without to within. */
export interface Member {
  readonly path: string;
  readonly name: string;
  readonly around: readonly { readonly path: string; readonly object: Record<string, unknown> }[];
}

/** Every member of `object` and of what is in it; `path` is that of the object. */
export function membersOf(
  object: Record<string, unknown>,
  path: string,
  around: Member['around'] = [],
): Member[] {
  const inside = [...around, { path, object }];
  return Object.entries(object).flatMap(([name, content]) => {
    const place = Array.isArray(object) ? `${path}[${name}]` : `${path}.${name}`;
    const member: Member = { path: place, name, around: inside };
    return isObject(content) ? [member, ...membersOf(content, place, inside)] : [member];
  });
}

export const pickFrom = <Value>(values: readonly Value[], index: number): Value =>
  values[index % values.length] as Value;

export const replace = (object: object, name: string, property: PropertyDescriptor): void => {
  Object.defineProperty(object, name, { enumerable: true, configurable: true, ...property });
};
