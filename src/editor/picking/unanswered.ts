import type { Reason } from '../../errors/reasons';
import { reasonText } from '../reason-text';

/** Why a question to the runtime got no answer. */
export class Unanswered extends Error {
  constructor(readonly reason: Reason) {
    super(reason.key);
  }
}

/** Why something was not found out, in the editor's language. */
export const inWords = (thrown: unknown): string =>
  reasonText(
    thrown instanceof Unanswered ? thrown.reason : { key: 'unexpected', params: { code: String(thrown) } },
  );
