import type { ErrorWords } from '../../definition/overview/figures';
import type { CasesError } from '../../errors/errors';

/** An error as the editor is told of it. */
export const errorWords = ({
  code,
  message,
  created,
  retryable,
  details: { field },
}: CasesError): ErrorWords => ({
  code,
  message,
  created,
  retryable,
  ...(field !== undefined && { field }),
});
