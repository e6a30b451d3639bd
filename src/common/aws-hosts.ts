/** Ends of the names of AWS's own hosts, in all its partitions. */
const suffix = /(^|\.)(amazonaws\.(com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(com\.cn|eu))$/i;

/** Whether a host is one of AWS. */
export const isAwsHost = (host: string): boolean => suffix.test(host);

/** The Region in the name of an AWS service's host: `cases.eu-central-1.amazonaws.com`; undefined where it names none. */
export function regionOfHost(host: string): string | undefined {
  if (!isAwsHost(host)) return undefined;
  const [service, ...rest] = host.replace(suffix, '').split('.');
  const region = rest.at(-1);
  return service === '' || region === 'vpce' ? undefined : region;
}
