import type { ErrorWords } from '../../definition/overview/figures';
import type { CasesError } from '../../errors/errors';

/** An error as the editor is told of it. */
export const errorWords = ({
  code,
  message,
  created,
  retryable,
  problem,
  reason,
  details: { field },
}: CasesError): ErrorWords => ({
  ...{ code, message, created, retryable },
  ...(field !== undefined && { field }),
  ...(reason && { reason }),
  ...(problem && { problem }),
});

/** An error as a flow is told of it, which reads English. */
export const plainWords = ({ reason, problem, ...words }: ErrorWords): ErrorWords => words;
