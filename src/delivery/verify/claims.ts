/** How long before a request was sent its item may seem to have been created: HTTP dates have whole seconds. */
export const clockToleranceMs = 2000;
/** How long an id is remembered after all that could mistake it for theirs have been settled. */
const rememberMs = 5 * clockToleranceMs;
const tidyEveryMs = 10_000;

/** What is known from an earlier run about a request in doubt. */
export interface EarlierDoubt {
  /** When it was first sent, by the service's clock, in milliseconds since 1970. */
  readonly firstSentAt: number;
  /** Ids of items that are surely those of other messages. */
  readonly notMine: readonly string[];
}

/** Requests for identical items of one case whose items could be taken for each other. */
interface Twins {
  /** When the first of them was sent. */
  readonly since: number;
  /** When the first of them was sent, by the service's clock, as far as that was known. */
  sentBefore: number;
  /** Sent, and their answers may still come. */
  inFlight: number;
  /** The claims of those that are neither answered nor found nor given up. */
  readonly open: Set<Claim>;
}

/** What is known about the items of one case. */
interface CaseRecord {
  readonly claimed: Map<string, { readonly at: number; readonly fingerprint: string }>;
  /** The ids of `claimed`, by fingerprint. */
  readonly claimedBy: Map<string, Set<string>>;
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
  open(
    caseKey: string,
    fingerprint: string,
    author: string | undefined,
    now: number,
    doubt?: EarlierDoubt,
  ): Claim {
    this.#tidy(now);
    let record = this.#cases.get(caseKey);
    if (!record) {
      record = { claimed: new Map(), claimedBy: new Map(), twins: new Map() };
      this.#cases.set(caseKey, record);
    }
    let twins = record.twins.get(fingerprint);
    if (!twins) {
      twins = { since: now, sentBefore: Number.POSITIVE_INFINITY, inFlight: 0, open: new Set() };
      record.twins.set(fingerprint, twins);
    }
    if (doubt) {
      twins.sentBefore = Math.min(twins.sentBefore, doubt.firstSentAt);
      for (const id of doubt.notMine) remember(record, fingerprint, id, now);
    }
    const claim = new Claim(record, twins, fingerprint, author);
    twins.open.add(claim);
    return claim;
  }

  #tidy(now: number): void {
    if (now - this.#tidiedAt < tidyEveryMs) return;
    this.#tidiedAt = now;
    for (const [key, record] of this.#cases) {
      let horizon = now;
      for (const { since } of record.twins.values()) horizon = Math.min(horizon, since);
      for (const [id, { at }] of record.claimed) {
        if (at >= horizon - rememberMs) break;
        forget(record, id);
      }
      if (record.claimed.size === 0 && record.twins.size === 0) this.#cases.delete(key);
    }
  }
}

function remember({ claimed, claimedBy }: CaseRecord, fingerprint: string, id: string, at: number): void {
  claimed.set(id, { at, fingerprint });
  const ids = claimedBy.get(fingerprint);
  if (ids) ids.add(id);
  else claimedBy.set(fingerprint, new Set([id]));
}

function forget({ claimed, claimedBy }: CaseRecord, id: string): void {
  const { fingerprint = '' } = claimed.get(id) ?? {};
  claimed.delete(id);
  const ids = claimedBy.get(fingerprint);
  ids?.delete(id);
  if (ids?.size === 0) claimedBy.delete(fingerprint);
}

/** One message's right to one item. */
export class Claim {
  readonly #record: CaseRecord;
  readonly #twins: Twins;
  readonly #fingerprint: string;
  readonly #author: string | undefined;
  /** Told when `notMine` has got longer. */
  onOther: (() => void) | undefined;
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

  /** When the first of them was sent, by the service's clock; infinity where that is not known. */
  get sentBefore(): number {
    return this.#twins.sentBefore;
  }

  /** Ids of such items that are surely those of other messages. */
  get notMine(): readonly string[] {
    return [...(this.#record.claimedBy.get(this.#fingerprint) ?? [])];
  }

  /** Another identical request may still be answered with one of the items that a search finds. */
  get twinInFlight(): boolean {
    return this.#twins.inFlight > 0;
  }

  /** How many identical requests have to find their item, this one included. */
  get openTwins(): number {
    return this.#twins.open.size;
  }

  /** `at`: by the service's clock; infinity where that is not known. */
  sent(at: number): void {
    this.#twins.sentBefore = Math.min(this.#twins.sentBefore, at);
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
    if (author === undefined || author === this.#author) return true;
    for (const twin of this.#twins.open) if (twin.#author === author) return false;
    return true;
  }

  /** This message's item is `itemId`. */
  take(itemId: string, now: number): void {
    remember(this.#record, this.#fingerprint, itemId, now);
    this.close();
    for (const { onOther } of this.#twins.open) onOther?.();
  }

  /** The message needs no item any more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.ended();
    const { open } = this.#twins;
    open.delete(this);
    if (open.size === 0) this.#record.twins.delete(this.#fingerprint);
  }
}

/** The claims of this process. */
export const sharedClaims = new Claims();
