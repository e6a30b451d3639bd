import type { Input, OperationName } from '../../model/operations';
import type { Message } from '../waiting/lane';

/** The input in place of `input`, which begins with that of `first`, and that of `next`; undefined where they stay apart. */
export function mergedInput(
  { rules, record: { merge, doubt } }: Message,
  input: Input<OperationName>,
  next: Message,
): Input<OperationName> | undefined {
  if (!merge || !next.record.merge || next.rules.operation !== rules.operation) return undefined;
  // What went out together in an earlier run does so again, and only that: otherwise its item would not be known again.
  if (doubt?.packedWith !== next.record.doubt?.packedWith) return undefined;
  return rules.merge?.(input, next.record.input);
}
