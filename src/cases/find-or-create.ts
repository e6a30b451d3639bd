import { type FindOrCreateContext, type FindOrCreateRequest, type FindOrCreateResult, Turn } from './turn';

export type { FindOrCreateRequest, FindOrCreateResult };

interface Context extends FindOrCreateContext {
  /** Resolves when all updates of a case have ended that came before, with whether there was any; left out: none did. */
  updated?(caseId: string): Promise<boolean>;
}

/**
 * The case of a key, found or made: one case for one key. Messages of one key have their turn one after the other,
 * in the order in which they came, and take what was found out since they came. Rejects with a `CasesError` only.
 */
export function findOrCreate(context: Context, request: FindOrCreateRequest): Promise<FindOrCreateResult> {
  const cameAt = context.now();
  return context.known.inTurn(request, request.rememberMs, cameAt, async (known) => {
    const turn = new Turn(context, request, known, cameAt);
    const result = await turn.take();
    if (!result.found || result.created || request.statuses === 'any') return result;
    // One that may have closed the case.
    const isUpdated = await context.updated?.(result.found.caseId);
    return isUpdated ? turn.take() : result;
  });
}
