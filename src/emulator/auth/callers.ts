import { looksLikeArn } from '../model/arn';
import { accessDenied, validation } from '../model/errors';
import type { Caller, World } from '../state/state';

/** `arn`, refused where it does not have the form of one. */
export function requireArn(arn = '', path: string): string {
  if (!looksLikeArn(arn)) throw validation(`Value at '${path}' is not a valid ARN`);
  return arn;
}

/** Refuses what the caller's policy denies; `action` as in IAM. */
export function requireAllowed(
  { denied }: World,
  action: string,
  resource: string,
  { account }: Caller,
): void {
  if (denied.has(action)) throw accessDenied(account, action, resource);
}

/** Refuses a `performedBy` user that is not an ARN, or that the caller may not describe. */
export function requireUser(world: World, userArn: string | undefined, caller: Caller): void {
  if (userArn !== undefined) {
    requireAllowed(world, 'connect:DescribeUser', requireArn(userArn, 'performedBy.userArn'), caller);
  }
}
