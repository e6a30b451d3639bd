import type { FieldValueUnion, UserUnion as PerformedBy } from '@aws-sdk/client-connectcases';
import type { Author } from '../definition/author';
import { invalidInput } from '../errors/errors';
import { check } from '../model/check';
import { fieldValueSchema, toFieldValue } from '../model/field-value';
import { illegible, tidy } from '../model/legible';
import { UserUnion } from '../model/limits';
import type { Schema } from '../model/schema';
import { snapshot } from './snapshot';

/** A value of a message as it is sent; null is nothing. Throws `INVALID_INPUT` where the schema does not accept it. */
export const demand = (schema: Schema, value: unknown, path: string): unknown =>
  fitting(schema, snapshot(value ?? undefined, path), path);

/** The value of a case field as it is sent; null is the empty value. Throws `INVALID_INPUT`. */
export const demandFieldValue = (value: unknown, path: string): FieldValueUnion =>
  fitting(fieldValueSchema, toFieldValue(snapshot(value, path)), path) as FieldValueUnion;

/** Who a request is by; nothing where the service is to name the caller. Throws `INVALID_INPUT`. */
export function demandAuthor(author: Author | undefined): { performedBy?: PerformedBy } {
  if (!author) return {};
  const { kind, value } = author;
  const name = demand(UserUnion[kind], value, `performedBy.${kind}`);
  return { performedBy: { [kind]: name } as unknown as PerformedBy };
}

/**
 * `value`, a copy that nothing can change, tidied, where it is one that the service takes and people can read.
 * Throws `INVALID_INPUT`.
 */
export function fitting(schema: Schema, value: unknown, path: string): unknown {
  const tidied = tidy(schema, value);
  const problem = check(schema, tidied, path) ?? illegible(schema, tidied, path);
  if (problem) throw invalidInput(problem);
  return tidied;
}
