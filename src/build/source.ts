/** JavaScript source of plain data; unlike JSON it keeps regular expressions. */
export function toSource(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(toSource).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, content]) => content !== undefined);
    return `{${members.map(([name, content]) => `${JSON.stringify(name)}:${toSource(content)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** `text` made safe for HTML text and attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
