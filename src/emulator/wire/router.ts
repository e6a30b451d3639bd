import { type OperationName, operations } from '../operations';
import { unreadable } from './body';

/** The operation that a request asks for. */
export interface Route {
  readonly operation: OperationName;
  /** The members of its input that are in the path. */
  readonly labels: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly operation: OperationName;
  readonly segments: readonly { readonly literal?: string; readonly label?: string }[];
}

const patterns = new Map<string, Pattern[]>();
for (const [name, { method, path }] of Object.entries(operations)) {
  const segments = path
    .split('/')
    .slice(1)
    .map((segment) => (segment.startsWith('{') ? { label: segment.slice(1, -1) } : { literal: segment }));
  const key = `${method} ${segments.length}`;
  patterns.set(key, [...(patterns.get(key) ?? []), { operation: name as OperationName, segments }]);
}

/**
 * The operation of a path as it came, with or without a slash at its end; undefined where there is none. Nothing is
 * made out of `.` and `..`, which are ids like others. Throws where a segment is not encoded rightly.
 */
export function route(method: string, path: string): Route | undefined {
  const segments = path.split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();
  const candidates = patterns.get(`${method} ${segments.length}`);
  if (!candidates) return undefined;
  const decoded = segments.map(decode);
  const found = candidates.find((candidate) =>
    candidate.segments.every(({ literal }, index) => literal === undefined || literal === decoded[index]),
  );
  if (!found) return undefined;
  const labels: Record<string, string> = {};
  found.segments.forEach(({ label }, index) => {
    if (label !== undefined) labels[label] = decoded[index] as string;
  });
  return { operation: found.operation, labels };
}

/** Text that is percent-encoded. Throws where it is so in no right way. */
export function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable('The path or the query string is not percent-encoded UTF-8');
  }
}
