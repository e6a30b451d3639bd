import type { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import type { MetadataBearer } from '@smithy/types';
import { NoList } from '../../delivery/service/network-errors';

/** What a look-up works with. */
export interface Account {
  readonly client: ConnectCasesClient;
  readonly domainId: string;
  /** Resolves when one more request for `action` may go; the first one of a look-up has had its turn. */
  turn(action: string): Promise<void>;
}

/** A member of a list of the service, which may be anything. */
export type Entry = Readonly<Record<string, unknown>>;

/** Where a page begins; nothing: the first one. */
export type From = { readonly nextToken?: string };

/** Pages of a list that are read: a domain has 500 fields, and a field 500 options, unless its quota was raised. */
const mostPages = 10;

/** A list of an answer. Throws `NoList` where there is none. */
export function listIn(answer: MetadataBearer, member: string): Entry[] {
  const list = (answer as unknown as Entry)[member];
  if (!Array.isArray(list)) throw new NoList(member, answer.$metadata);
  return list.filter((entry) => typeof entry === 'object' && entry !== null);
}

/** The list of all pages, at the pace of its quota; of one that does not end, what its first pages hold. */
export async function wholeList(
  { turn }: Account,
  action: string,
  member: string,
  read: (from: From) => Promise<MetadataBearer>,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let from: From = {};
  for (let pages = 0; pages < mostPages; pages += 1) {
    if (pages > 0) await turn(action);
    const answer = await read(from);
    entries.push(...listIn(answer, member));
    const { nextToken } = answer as unknown as Entry;
    if (typeof nextToken !== 'string' || nextToken === '' || nextToken === from.nextToken) break;
    from = { nextToken };
  }
  return entries;
}

/** The text of a member; undefined for what is none. */
export const textOf = (entry: Entry, member: string): string | undefined => {
  const value = entry[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
