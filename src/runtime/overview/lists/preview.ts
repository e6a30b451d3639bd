import type { FieldValue } from '@aws-sdk/client-connectcases';
import { plainValue } from '../../../cases/plain';
import { quoted } from '../../../delivery/service/quoted';
import { plainId } from '../../../model/text';
import { redacted } from './redacted';
import type { Sensitive } from './sensitive';

/** Characters of a preview. */
const longest = 200;

interface Told {
  readonly content?: object;
  readonly match?: readonly FieldValue[];
}

/**
 * What a message is to send, on one line: a comment's text, the values that tell a case from the others, else the
 * values of the request.
 */
export function preview(input: unknown, sensitive: Sensitive): string {
  const { content, match, ...rest } = redacted(input, sensitive) as Told;
  if (match) return quoted(match.map(({ value }) => plainValue(value)).join(', '), longest) ?? '';
  const told = content ? Object.values(content)[0] : rest;
  const text = (told as { readonly body?: unknown } | undefined)?.body ?? JSON.stringify(told, withoutIds);
  return quoted(text, longest) ?? '';
}

/** Ids of the domain and the case are told elsewhere, and who it is by is no content. */
const withoutIds = (name: string, value: unknown): unknown =>
  name === 'domainId' || name === 'caseId' || name === 'performedBy' ? undefined : value;

/** The case that a request is for, where it says so. */
export function caseIdOf(input: unknown): string | undefined {
  const { caseId } = input as { readonly caseId?: unknown };
  return typeof caseId === 'string' ? plainId(caseId) : undefined;
}
