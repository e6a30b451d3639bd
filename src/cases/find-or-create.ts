import { type FindOrCreateContext, type FindOrCreateRequest, type FindOrCreateResult, Turn } from './turn';

export type { FindOrCreateRequest, FindOrCreateResult };

/**
 * The case of a key, found or made: one case for one key. Messages of one key have their turn one after the other,
 * in the order in which they came, and take what was found out since they came. Rejects with a `CasesError` only.
 */
export function findOrCreate(
  context: FindOrCreateContext,
  request: FindOrCreateRequest,
): Promise<FindOrCreateResult> {
  const cameAt = context.now();
  return context.known.inTurn(request, request.rememberMs, cameAt, (known) =>
    new Turn(context, request, known, cameAt).take(),
  );
}
