import type { Caller } from '../state/state';

const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
] as const;

function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** `domain/D/case/C` as an ARN of the caller's account and Region. */
export function casesArn({ account, region }: Pick<Caller, 'account' | 'region'>, resource: string): string {
  return `arn:${partitionOf(region)}:cases:${region}:${account}:${resource}`;
}

/** The user that a caller is taken for who is not known otherwise. */
export const localUser = (account: string): string => `arn:aws:iam::${account}:user/local`;

/** Whether `text` has the form of an ARN; what it names is not looked up. */
export const looksLikeArn = (text: string): boolean => /^arn:[\w-]+:[\w-]+:[^:]*:[^:]*:.+$/s.test(text);

const ofConnect = (resource: string): RegExp =>
  new RegExp(`^arn:[\\w-]+:connect:[^:]*:[^:]*:instance/[^/]+/${resource}/.+$`, 's');
const [contact, file] = [ofConnect('contact'), ofConnect('file')];

export const isContactArn = (text: string): boolean => contact.test(text);
export const isFileArn = (text: string): boolean => file.test(text);
export const isProfileArn = (text: string): boolean =>
  /^arn:[\w-]+:profile:[^:]*:[^:]*:domains\/[^/]+\/profiles\/[^/]+$/.test(text);

/** The domain and case that `caseId` names: callers pass a plain id or the full ARN of the case. */
export function splitCaseId(caseId: string): { domainId?: string; caseId: string } {
  const [, domainId, id] = /^arn:[\w-]+:cases:[^:]*:[^:]*:domain\/([^/]+)\/case\/([^/]+)$/.exec(caseId) ?? [];
  return domainId !== undefined && id !== undefined ? { domainId, caseId: id } : { caseId };
}
