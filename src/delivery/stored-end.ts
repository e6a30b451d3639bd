import { CasesError } from '../errors/errors';
import type { End } from './delivery';

/** An end as a plain value, which can be written down. */
export type StoredEnd =
  | Exclude<End, { readonly error: CasesError }>
  | { readonly error: Pick<CasesError, 'code' | 'message' | 'details' | 'problem' | 'reason'> };

export function toStored(end: End): StoredEnd {
  if (!('error' in end)) return end;
  const { code, message, details, problem, reason } = end.error;
  return { error: { code, message, details, problem, reason } };
}

export function fromStored(end: StoredEnd): End {
  if (!('error' in end)) return end;
  const { code, message, details, problem, reason } = end.error;
  return { error: new CasesError(code, message, details, problem, reason) };
}
