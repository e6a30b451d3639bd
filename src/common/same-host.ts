/** Whether a page of `origin` came from `host`, a `Host` header: name and port are the same. */
export function isSameHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: own } = new URL(origin);
  const asked = `${protocol}//${host.trim()}`;
  return URL.canParse(asked) && new URL(asked).host === own;
}
