import { isRecord } from './reading';
import { snapshot } from './snapshot';

/** The plain content of an item that is one id: `{ contactArn }` for that itself, or for the id alone. */
export function contentOfId<Name extends string>(
  value: unknown,
  member: string,
  name: Name,
): { readonly [Id in Name]?: unknown } {
  const found = withoutMember(value, member);
  return isRecord(found)
    ? (snapshot(found, member) as { readonly [Id in Name]?: unknown })
    : ({ [name]: snapshot(found, `${member}.${name}`) } as { readonly [Id in Name]?: unknown });
}

/**
 * The content of `{ contact: { contactArn } }`, the AWS form with its member, where that is all that `value` has; any
 * other value as it is.
 */
export function withoutMember(value: unknown, member: string): unknown {
  if (!isRecord(value) || !Object.hasOwn(value, member)) return value;
  const content = value[member];
  return isRecord(content) && Object.keys(value).length === 1 ? content : value;
}

/** The list of `{ fields: [...] }`, the AWS form of values of case fields; any other value as it is. */
export const withoutFields = (value: unknown): unknown =>
  isRecord(value) && Object.keys(value).join() === 'fields' && Array.isArray(value.fields)
    ? value.fields
    : value;
