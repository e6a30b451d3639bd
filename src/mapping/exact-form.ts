import { isRecord } from './reading';

/**
 * The content of `{ contact: { contactArn } }`, the AWS form with its member, where that is all that `value` has; any
 * other value as it is.
 */
export function withoutMember(value: unknown, member: string): unknown {
  if (!isRecord(value) || !Object.hasOwn(value, member)) return value;
  const content = value[member];
  return isRecord(content) && Object.keys(value).length === 1 ? content : value;
}
