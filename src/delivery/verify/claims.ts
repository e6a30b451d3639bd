/** How long before a request was sent its item may seem to have been created: HTTP dates have whole seconds. */
export const clockToleranceMs = 2000;
/** How long an id is remembered after all that could mistake it for theirs have been settled. */
const rememberMs = 5 * clockToleranceMs;
const tidyEveryMs = 10_000;

/** Requests for identical items of one case whose items could be taken for each other. */
interface Twins {
  /** When the first of them was sent. */
  readonly since: number;
  /** Sent, and their answers may still come. */
  inFlight: number;
  /** The author of each that is neither answered nor found nor given up; undefined: left to the service. */
  readonly open: (string | undefined)[];
}

/** What is known about the items of one case. */
interface CaseRecord {
  readonly claimed: Map<string, number>;
  readonly twins: Map<string, Twins>;
}

/**
 * Which message each item of a case belongs to, so that no item counts for two. All deliveries of the
 * process share one, since two domain nodes may write to one case.
 */
export class Claims {
  readonly #cases = new Map<string, CaseRecord>();
  #tidiedAt = 0;

  /** How many item ids are remembered. */
  get size(): number {
    let size = 0;
    for (const { claimed } of this.#cases.values()) size += claimed.size;
    return size;
  }

  /** A request is about to be sent. `fingerprint` is equal for items that could be taken for each other. */
  open(caseKey: string, fingerprint: string, author: string | undefined, now: number): Claim {
    this.#tidy(now);
    let record = this.#cases.get(caseKey);
    if (!record) {
      record = { claimed: new Map(), twins: new Map() };
      this.#cases.set(caseKey, record);
    }
    let twins = record.twins.get(fingerprint);
    if (!twins) {
      twins = { since: now, inFlight: 0, open: [] };
      record.twins.set(fingerprint, twins);
    }
    twins.open.push(author);
    return new Claim(record, twins, fingerprint, author);
  }

  #tidy(now: number): void {
    if (now - this.#tidiedAt < tidyEveryMs) return;
    this.#tidiedAt = now;
    for (const [key, record] of this.#cases) {
      let horizon = now;
      for (const { since } of record.twins.values()) horizon = Math.min(horizon, since);
      for (const [id, claimedAt] of record.claimed) {
        if (claimedAt >= horizon - rememberMs) break;
        record.claimed.delete(id);
      }
      if (record.claimed.size === 0 && record.twins.size === 0) this.#cases.delete(key);
    }
  }
}

/** One message's right to one item. */
export class Claim {
  readonly #record: CaseRecord;
  readonly #twins: Twins;
  readonly #fingerprint: string;
  readonly #author: string | undefined;
  #inFlight = false;
  #closed = false;

  constructor(record: CaseRecord, twins: Twins, fingerprint: string, author: string | undefined) {
    this.#record = record;
    this.#twins = twins;
    this.#fingerprint = fingerprint;
    this.#author = author;
  }

  /** No item of this message, nor of one that it could be mistaken for, is older. */
  get since(): number {
    return this.#twins.since;
  }

  /** Another identical request may still be answered with one of the items that a search finds. */
  get twinInFlight(): boolean {
    return this.#twins.inFlight > 0;
  }

  /** How many identical requests have to find their item, this one included. */
  get openTwins(): number {
    return this.#twins.open.length;
  }

  sent(): void {
    if (!this.#inFlight) this.#twins.inFlight += 1;
    this.#inFlight = true;
  }

  /** The answer came, or will not come any more. */
  ended(): void {
    if (this.#inFlight) this.#twins.inFlight -= 1;
    this.#inFlight = false;
  }

  /** Whether an item by `author` may be this message's; one that left its author open leaves it to who named it. */
  isFree(itemId: string, author: string | undefined): boolean {
    if (this.#record.claimed.has(itemId)) return false;
    return author === undefined || author === this.#author || !this.#twins.open.includes(author);
  }

  /** This message's item is `itemId`. */
  take(itemId: string, now: number): void {
    this.#record.claimed.set(itemId, now);
    this.close();
  }

  /** The message needs no item any more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.ended();
    const { open } = this.#twins;
    open.splice(open.indexOf(this.#author), 1);
    if (open.length === 0) this.#record.twins.delete(this.#fingerprint);
  }
}

/** The claims of this process. */
export const sharedClaims = new Claims();
