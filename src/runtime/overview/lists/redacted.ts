/** What stands in place of a text that nobody is shown unless asked for. */
const dots = '•••';

/**
 * A copy of a value, as JSON can hold it, in which no text holds one of `sensitive`, neither as a value nor as a name.
 * What holds itself is told in words.
 */
export function redacted(value: unknown, sensitive: readonly string[]): unknown {
  // The longest first, since one may be part of another.
  const texts = sensitive.filter((text) => text !== '').toSorted((a, b) => b.length - a.length);
  const clean = (text: string) => texts.reduce((left, hidden) => left.replaceAll(hidden, dots), text);
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
