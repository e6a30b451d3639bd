import { type CaseRecord, Claim, type EarlierDoubt, forget, type ItemRequest, remember } from './claim';

/** How long before a request was sent its item may seem to have been created: HTTP dates have whole seconds. */
export const clockToleranceMs = 2000;
/** How long an id is remembered after all that could mistake it for theirs have been settled. */
const rememberMs = 5 * clockToleranceMs;
const tidyEveryMs = 10_000;

/**
 * Which message each item of a case belongs to, so that no item counts for two. All deliveries of the
 * process share one, since two domain nodes may write to one case.
 */
export class Claims {
  readonly #cases = new Map<string, CaseRecord>();
  /** Those of requests in doubt that a delivery has yet to go on with, by their owners. */
  readonly #suspended = new Map<string, Claim>();
  #tidiedAt = 0;

  /** How many item ids are remembered. */
  get size(): number {
    let size = 0;
    for (const { claimed } of this.#cases.values()) size += claimed.size;
    return size;
  }

  /** A request is about to be sent, or in doubt. */
  open(request: ItemRequest, now: number, doubt: EarlierDoubt | undefined): Claim {
    this.#tidy(now);
    const { caseKey, fingerprint, owner } = request;
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
      for (const item of doubt.notMine)
        remember(record, item.itemId, { at: now, fingerprint, owner: item.owner });
    }
    const claim = new Claim(record, twins, request);
    twins.open.add(claim);
    // After that, so that its twins stay.
    this.release(owner);
    return claim;
  }

  /** A request in doubt waits until a delivery goes on with it; what others get meanwhile is not its own. */
  suspend(owner: string, claim: Claim): void {
    claim.ended();
    this.#suspended.set(owner, claim);
  }

  /** It waits no more. */
  release(owner: string): void {
    this.#suspended.get(owner)?.close();
    this.#suspended.delete(owner);
  }

  #tidy(now: number): void {
    if (now - this.#tidiedAt < tidyEveryMs) return;
    this.#tidiedAt = now;
    for (const [key, record] of this.#cases) {
      for (const [id, { at, fingerprint }] of record.claimed) {
        if (at >= now - rememberMs) break;
        // One whose domain node never comes back holds on to no other items than those that could be its own.
        const { since = now } = record.twins.get(fingerprint) ?? {};
        if (at < since - rememberMs) forget(record, id);
      }
      if (record.claimed.size === 0 && record.twins.size === 0) this.#cases.delete(key);
    }
  }
}

/** The claims of this process. */
export const sharedClaims = new Claims();
