import { type CasesError, explained } from '../../errors/errors';
import { because } from '../../errors/reasons';
import { leavesOut } from './no-proxy';
import { type Target, targetOf } from './target';

/** An HTTP proxy, which opens connections to elsewhere. */
export interface HttpProxy extends Target {
  /** Value of the header `Proxy-Authorization`. */
  readonly authorization?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy through which to reach `target`, as curl takes it from the environment: `HTTPS_PROXY` or `HTTP_PROXY`,
 * else `ALL_PROXY`, unless `NO_PROXY` leaves the host out. Throws `NOT_CONFIGURED` that names the variable.
 */
export function proxyFor(
  { secure, host, port }: Target,
  environment: Environment = process.env,
): HttpProxy | undefined {
  const [, noProxy = ''] = firstSet(environment, ['no_proxy']) ?? [];
  const [name, value] = firstSet(environment, [secure ? 'https_proxy' : 'http_proxy', 'all_proxy']) ?? [];
  if (name === undefined || value === undefined || leavesOut(noProxy, host, port)) return undefined;
  return parsed(name, value);
}

/** Name and value of the first variable that is set, in small letters or in capitals. */
function firstSet(environment: Environment, names: readonly string[]): [string, string] | undefined {
  for (const name of names.flatMap((lower) => [lower, lower.toUpperCase()])) {
    const value = environment[name]?.trim();
    if (value) return [name, value];
  }
  return undefined;
}

/** The value may hold a password, so no error repeats it. */
function parsed(name: string, value: string): HttpProxy {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isAddress =
    url &&
    /^https?:$/.test(url.protocol) &&
    `${url.pathname}${url.search}${url.hash}`.replace(/^\/$/, '') === '';
  if (!isAddress) throw notAnAddress(name);
  const user = decoded(name, url.username);
  const password = decoded(name, url.password);
  return {
    ...targetOf(url),
    ...((user || password) && {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    }),
  };
}

function decoded(name: string, part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notAnAddress(name);
  }
}

const notAnAddress = (name: string): CasesError =>
  explained(
    'NOT_CONFIGURED',
    because('wrongVariable', { name }),
    {},
    `The environment variable ${name} is not the address of an HTTP proxy. Set it to http://host:port or ` +
      'http://user:password@host:port, without quotes, and write # as %23, / as %2F, @ as %40 and % as %25 in the ' +
      'password. Then start Node-RED again.',
  );
