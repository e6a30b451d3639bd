import type { RelatedItemRequest } from '../delivery';
import type { Message } from '../waiting/waiting';

/** The request in place of `request`, which begins with `first`, and that of `next`; undefined where they stay apart. */
export function mergedRequest(
  first: Message,
  request: RelatedItemRequest,
  next: Message,
): RelatedItemRequest | undefined {
  const { rules, options } = first;
  if (!options.merge || !next.options.merge || next.rules.operation !== rules.operation) return undefined;
  return rules.merge?.(request, next.request) as RelatedItemRequest | undefined;
}
