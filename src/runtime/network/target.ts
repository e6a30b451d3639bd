/** Where a connection leads. */
export interface Target {
  /** Whether TLS is spoken. */
  readonly secure: boolean;
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}
