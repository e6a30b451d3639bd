import { inEnglish, type Reason } from '../../src/errors/reasons';

/** An answer of the look-up route, its reason in an English sentence, as the editor says it. */
export async function readAnswer(reply: Response): Promise<{ found?: unknown; problem?: string }> {
  const { reason, ...answer } = (await reply.json()) as { found?: unknown; reason?: Reason };
  return reason ? { ...answer, problem: inEnglish(reason) } : answer;
}
