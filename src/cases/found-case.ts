import type { FieldValue, SearchCasesResponseItem } from '@aws-sdk/client-connectcases';
import { plainValue } from './plain';

/** A case that was found or made, as far as `msg.case` tells of it. */
export interface FoundCase {
  readonly caseId: string;
  readonly title?: string | undefined;
  readonly status?: string | undefined;
  /** Absent where the service was not asked for it, or did not tell. */
  readonly referenceNumber?: string | undefined;
  /** How many cases matched. */
  readonly matches: number;
}

/** The fields that tell about a found case. */
const foundCaseFields = ['title', 'status', 'reference_number'] as const;
export const foundCaseFieldIds = foundCaseFields.map((id) => ({ id }));

export const foundCase = ({ caseId = '', fields }: SearchCasesResponseItem, matches: number): FoundCase => ({
  caseId,
  ...factsOf(fields ?? []),
  matches,
});

/** What the fields of a case tell about it. */
export function factsOf(
  fields: readonly FieldValue[],
): Pick<FoundCase, 'title' | 'status' | 'referenceNumber'> {
  const text = (wanted: (typeof foundCaseFields)[number]) => {
    const value = plainValue(fields.find(({ id }) => id === wanted)?.value);
    return value === null ? undefined : String(value);
  };
  return { title: text('title'), status: text('status'), referenceNumber: text('reference_number') };
}
