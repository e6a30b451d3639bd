/** What the status of a node says: a key of the catalogue and what its text needs. The editor puts it into words. */
export interface StatusWords {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The words as the text of a status: `status.waiting?count=6`. */
export function writeStatus({ key, params = {} }: StatusWords): string {
  const entries = Object.entries(params).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return entries.length === 0 ? key : `${key}?${entries.join('&')}`;
}

/** The words of the text of a status; undefined for any other text. */
export function readStatus(text: string): StatusWords | undefined {
  const [key = '', query = ''] = text.split('?', 2);
  if (!/^status\.\w+$/.test(key)) return undefined;
  return { key, params: Object.fromEntries(new URLSearchParams(query)) };
}
