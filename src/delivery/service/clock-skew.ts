/** What an error tells about the time of a request: when it was signed, and when the service answered. */
interface TimedError {
  /** Milliseconds since 1970. */
  readonly signedAt?: number;
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** AWS takes a signature for five minutes. */
const toleratedMs = 4 * 60_000;

/** Whether the request was signed minutes from the service's time. An answer of a cache, which has an age, tells nothing. */
export function isSkewed({ signedAt, $response }: TimedError): boolean {
  if (signedAt === undefined || $response?.headers?.age !== undefined) return false;
  return Math.abs(answeredAt($response) - signedAt) >= toleratedMs;
}

/** A sentence about this machine's clock, with how far it is from the service's where the answer tells that. */
export function clockText({ $response }: TimedError): string {
  const minutes = Math.round((answeredAt($response) - Date.now()) / 60_000) || 0;
  const by = minutes === 0 ? '' : `: it is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'behind' : 'ahead'}`;
  return `The service does not accept the time of this machine's clock${by}. Set the clock (NTP).`;
}

const answeredAt = (response: TimedError['$response']): number => Date.parse(response?.headers?.date ?? '');
