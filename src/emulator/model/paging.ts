import { createHash } from 'node:crypto';
import { validation } from './errors';

interface PagedRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** Equal for requests that mean the same, in whatever order their members come. */
export function fingerprint(request: object): string {
  return createHash('sha256').update(JSON.stringify(request, sorted)).digest('base64url');
}

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** What a token belongs to: the list that `scope` names, asked for in the same way. */
function questionOf(scope: string, { nextToken, maxResults, ...question }: PagedRequest): string {
  return fingerprint({ scope, ...question }).slice(0, 16);
}

/** An opaque token for what comes after `position`. */
export const nextToken = (scope: string, request: PagedRequest, position: readonly unknown[]): string =>
  Buffer.from(JSON.stringify([questionOf(scope, request), ...position])).toString('base64url');

/** The position in the token of a request; undefined without one. Throws for a token of another request. */
export function positionOf(scope: string, request: PagedRequest): readonly unknown[] | undefined {
  if (!request.nextToken) return undefined;
  try {
    const [question, ...position] = JSON.parse(
      Buffer.from(request.nextToken, 'base64url').toString(),
    ) as unknown[];
    if (question === questionOf(scope, request)) return position;
  } catch {
    // Not one of our tokens: refused like one of another list.
  }
  throw validation('The nextToken is not valid for this request');
}

/**
 * One page of `entries`, and the token of the next page where there is one. What is added or taken away between two
 * pages makes nothing come twice, and nothing be left out.
 */
export function page<T extends { readonly id: string }>(
  scope: string,
  entries: readonly T[],
  request: PagedRequest,
  defaultSize: number,
): { entries: T[]; nextToken?: string } {
  const position = positionOf(scope, request) as Position | undefined;
  const start = startOf(entries, position);
  const end = start + (request.maxResults ?? defaultSize);
  const paged = entries.slice(start, end);
  if (end >= entries.length) return { entries: paged };
  const [, seen = 0, ...ids] = position ?? [];
  const lastIds = kept([...paged.map(({ id }) => id).reverse(), ...ids]);
  return { entries: paged, nextToken: nextToken(scope, request, [end, seen + paged.length, ...lastIds]) };
}

/** Where the next page begins, how many entries were on those before, and their ids, the last first. */
type Position = readonly [start: number, seen: number, ...ids: string[]];

/** Characters of ids in a token, which has to stay below the 9000 that the model allows. */
const mostIdCharacters = 5000;

/** The first of `ids`, as many as a token holds. */
function kept(ids: readonly string[]): string[] {
  let characters = 0;
  const tooLong = ids.findIndex((id) => {
    characters += id.length + 3;
    return characters > mostIdCharacters;
  });
  return ids.slice(0, tooLong < 0 ? ids.length : tooLong);
}

/** Right after the last entry seen that is still there; where all are gone, where they began. */
function startOf(entries: readonly { readonly id: string }[], position: Position | undefined): number {
  if (!position) return 0;
  const [start, seen, ...ids] = position;
  if (entries[start - 1]?.id === ids[0]) return start;
  const places = new Map(entries.map(({ id }, index) => [id, index]));
  const left = ids.find((id) => places.has(id));
  if (left !== undefined) return (places.get(left) as number) + 1;
  return ids.length === seen ? 0 : Math.max(0, start - ids.length);
}
