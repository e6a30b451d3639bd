import { validation } from './errors';

/** An opaque token for the page after `position` of the list that `scope` names. */
export const nextToken = (scope: string, position: number): string =>
  Buffer.from(JSON.stringify([scope, position])).toString('base64url');

/** The position in a token of `scope`; undefined without a token. Throws for a token of another list. */
export function positionOf(scope: string, token: string | undefined): number | undefined {
  if (token === undefined) return undefined;
  try {
    const [tokenScope, position] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (tokenScope === scope && Number.isSafeInteger(position)) return position as number;
  } catch {
    // Not one of our tokens: refused like one of another list.
  }
  throw validation('The nextToken is not valid for this request');
}

/** One page of `entries`, and the token of the next page where there is one. */
export function page<T>(
  scope: string,
  entries: readonly T[],
  request: { maxResults?: number | undefined; nextToken?: string | undefined },
  defaultSize: number,
): { entries: T[]; nextToken?: string } {
  const start = positionOf(scope, request.nextToken) ?? 0;
  const end = start + (request.maxResults ?? defaultSize);
  return {
    entries: entries.slice(start, end),
    ...(end < entries.length && { nextToken: nextToken(scope, end) }),
  };
}
