export interface Backoff {
  readonly firstMs: number;
  readonly capMs: number;
}

/** How long to wait before attempt `retry` (from 0): doubling up to the cap, the upper half of it by chance. */
export function backoffMs({ firstMs, capMs }: Backoff, retry: number, random: () => number): number {
  const longest = Math.min(capMs, firstMs * 2 ** Math.min(retry, 30));
  return longest * (0.5 + random() / 2);
}
