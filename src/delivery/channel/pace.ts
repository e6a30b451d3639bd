/** When requests may go. All times in milliseconds of one clock that never goes back. */
export interface Pace {
  /** Requests per second that there are to have, as far as is known. */
  readonly perSecond: number;
  /** How long until the next request may go; 0: now. */
  wait(now: number): number;
  /** How many requests may go at once. */
  available(now: number): number;
  /** A request goes. */
  take(now: number): Ticket;
  /** It was not refused: whatever became of it, it took its share of the quota. */
  accepted(ticket: Ticket, now: number): void;
  /** The service answered that its quota is used up. */
  refused(ticket: Ticket, now: number, retryAfterMs?: number): void;
}

/** A request that was let through. */
export interface Ticket {
  readonly number: number;
  readonly at: number;
}
