import type { Sensitive } from './sensitive';

/** What stands in place of a text that nobody is shown unless asked for. */
const dots = '•••';

/**
 * A copy of a value, as JSON can hold it, in which no text holds one of `sensitive`, neither as a value nor as a name.
 * What holds itself is told in words.
 */
export function redacted(value: unknown, sensitive: Sensitive): unknown {
  const clean = sensitive === 'all' ? hiding(textsIn(value)) : without(sensitive);
  const above = new Set<object>();
  const visit = (part: unknown): unknown => {
    if (typeof part === 'string') return clean(part);
    if (typeof part === 'bigint') return String(part);
    if (typeof part !== 'object' || part === null) return part;
    if (above.has(part)) return '[circular]';
    above.add(part);
    const copy = visitMembers(part);
    above.delete(part);
    return copy;
  };
  const visitMembers = (part: object): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (part instanceof Uint8Array) return clean(Buffer.from(part).toString());
    if (part instanceof Map) return [...part].map(visit);
    if (part instanceof Set) return [...part].map(visit);
    if (part instanceof Date) return clean(String(part.toJSON()));
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [clean(name), visit(member)]));
  };
  return visit(value);
}

/** Hides what is one of `texts`: of ten thousand, to look for each in each takes a minute. */
const hiding = (texts: ReadonlySet<string>) => (text: string) => (texts.has(text) ? dots : text);

/** Hides each of `texts` wherever it is part of a text. */
function without(texts: readonly string[]): (text: string) => string {
  // The longest first, since one may be part of another.
  const sorted = texts.filter((text) => text !== '').toSorted((a, b) => b.length - a.length);
  return (text) => sorted.reduce((left, hidden) => left.replaceAll(hidden, dots), text);
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): ReadonlySet<string> {
  const texts = new Set<string>();
  const seen = new Set<object>();
  const visit = (part: unknown): void => {
    if (typeof part === 'string') texts.add(part);
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    if (part instanceof Uint8Array) texts.add(Buffer.from(part).toString());
    else
      for (const member of part instanceof Map || part instanceof Set ? [...part] : Object.values(part))
        visit(member);
  };
  visit(value);
  return texts;
}
