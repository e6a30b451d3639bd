/** Whether a host name or IP address, without port and brackets, is one of this machine alone. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

/** Whether an address leads to this machine alone; false for what is no address. */
export const isLoopbackUrl = (url: string): boolean =>
  URL.canParse(url) && isLoopback(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'));

/** Whether a page of `origin` came from `host`, a `Host` header: name and port are the same. */
export function isSameHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: own } = new URL(origin);
  const asked = `${protocol}//${host.trim()}`;
  return URL.canParse(asked) && new URL(asked).host === own;
}

/** Ends of the names of AWS's own hosts, in all its partitions. */
const awsSuffix = /(^|\.)(amazonaws\.(com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(com\.cn|eu))$/i;

/** Whether a host is one of AWS. */
export const isAwsHost = (host: string): boolean => awsSuffix.test(host);

/** The Region in the name of an AWS service's host: `cases.eu-central-1.amazonaws.com`; undefined where it names none. */
export function regionOfHost(host: string): string | undefined {
  if (!isAwsHost(host)) return undefined;
  const [service, ...rest] = host.replace(awsSuffix, '').split('.');
  const region = rest.at(-1);
  return service === '' || region === 'vpce' ? undefined : region;
}
