import { invalidInput } from '../errors/errors';
import { describe, member } from '../model/describe';

/** Deeper and longer than any form that the service knows: what goes beyond is refused without a look inside. */
const maxDepth = 8;
const maxLength = 1000;

/**
 * A plain copy of what a message holds: each member read once, members that are undefined left out,
 * own members only. Dates, Buffers and other leaves stay as they are. What can't be copied (a getter
 * that throws, a circle) raises `INVALID_INPUT` with its path. The copy can't change afterwards, so
 * what was checked is what is sent.
 */
export function snapshot(value: unknown, path: string): unknown {
  return copy(value, path, 0);
}

function copy(value: unknown, path: string, depth: number): unknown {
  if (Array.isArray(value)) {
    return depth >= maxDepth || value.length > maxLength
      ? new Array(value.length)
      : Array.from({ length: value.length }, (_, index) => read(value, index, `${path}[${index}]`, depth));
  }
  if (!isRecord(value)) return value;
  if (depth >= maxDepth) return {};
  const members = ownNames(value, path)
    .map((name) => [name, read(value, name, member(path, name), depth)])
    .filter(([, content]) => content !== undefined);
  return Object.fromEntries(members);
}

function read(from: object, name: string | number, path: string, depth: number): unknown {
  let content: unknown;
  try {
    content = (from as Record<string | number, unknown>)[name];
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return copy(content, path, depth + 1);
}

function ownNames(value: object, path: string): string[] {
  try {
    return Object.keys(value);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** An object whose members matter, rather than a leaf such as a Date or a Buffer. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof Uint8Array);

/** `INVALID_INPUT` for a value that raised `cause` when it was read. What is `sensitive` gets no reason that may repeat it. */
export const unreadable = (path: string, cause: unknown, sensitive = false) =>
  invalidInput({
    path,
    rule: 'unreadable',
    params: {
      got: sensitive ? 'the reason is not shown, since it may repeat the value' : describe(reason(cause)),
    },
  });

/** The text of whatever was thrown; JSONata throws plain objects. */
export const reason = (cause: unknown): unknown =>
  isRecord(cause) && typeof cause.message === 'string' ? cause.message : cause;
