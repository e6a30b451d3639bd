/** Where a connection leads. */
export interface Target {
  /** Whether TLS is spoken. */
  readonly secure: boolean;
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The place that an address names. */
export function targetOf({ protocol, hostname, port }: URL): Target {
  const secure = protocol === 'https:';
  return { secure, host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) || (secure ? 443 : 80) };
}
