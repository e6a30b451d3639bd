import { isContactArn, isFileArn, isProfileArn, looksLikeArn } from '../model/arn';
import { accessDenied, validation } from '../model/errors';
import type { Caller } from '../state/state';

/** What callers may do. */
interface Permissions {
  /** IAM actions that are refused. */
  readonly denied: ReadonlySet<string>;
}

/** Refuses what the caller's policy denies; `action` as in IAM. */
export function requireAllowed(
  { denied }: Permissions,
  action: string,
  resource: string,
  { principal }: Caller,
): void {
  if (denied.has(action)) throw accessDenied(principal, action, resource);
}

/** Refuses a `performedBy` user that is not an ARN, or that the caller may not describe. */
export function requireUser(permissions: Permissions, userArn: string | undefined, caller: Caller): void {
  if (userArn === undefined) return;
  if (!looksLikeArn(userArn)) throw validation(`Value at 'performedBy.userArn' is not a valid ARN`);
  requireAllowed(permissions, 'connect:DescribeUser', userArn, caller);
}

/** Refuses a customer that is no profile, or that the caller may not look up. */
export function requireCustomer(permissions: Permissions, arn: string | undefined, caller: Caller): void {
  if (arn === undefined) return;
  if (!isProfileArn(arn)) throw validation(`Field 'customer_id' has to be the ARN of a customer profile`);
  requireAllowed(permissions, 'profile:SearchProfiles', arn, caller);
}

/** Refuses what is no contact, or one that the caller may not describe. */
export function requireContact(permissions: Permissions, arn: string | undefined, caller: Caller): void {
  const contactArn = arn ?? '';
  if (!isContactArn(contactArn)) {
    throw validation(`Value at 'content.contact.contactArn' is not the ARN of a contact`);
  }
  requireAllowed(permissions, 'connect:DescribeContact', contactArn, caller);
}

/** Refuses what is no attached file. */
export function requireFile(arn: string | undefined): void {
  if (!isFileArn(arn ?? '')) throw validation(`Value at 'content.file.fileArn' is not the ARN of a file`);
}
