import type { Doubt, OwnedItem } from '../store/message-store';

/** What is known from an earlier run, or from before a deploy, about a request in doubt. */
export type EarlierDoubt = Pick<Doubt, 'firstSentAt' | 'notMine'>;

/** A request that makes an item. */
export interface ItemRequest {
  /** Of the case. */
  readonly caseKey: string;
  /** Equal for items that could be taken for each other. */
  readonly fingerprint: string;
  readonly author: string | undefined;
  /** Id of its message: of several that share it, the first. */
  readonly owner: string;
}

/** An item that belongs to a message. */
interface ClaimedItem {
  readonly at: number;
  readonly fingerprint: string;
  readonly owner: string;
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
export interface CaseRecord {
  readonly claimed: Map<string, ClaimedItem>;
  /** The ids of `claimed`, by fingerprint. */
  readonly claimedBy: Map<string, Set<string>>;
  readonly twins: Map<string, Twins>;
}

export function remember({ claimed, claimedBy }: CaseRecord, id: string, item: ClaimedItem): void {
  // In the order of their times.
  claimed.delete(id);
  claimed.set(id, item);
  const { fingerprint } = item;
  const ids = claimedBy.get(fingerprint);
  if (ids) ids.add(id);
  else claimedBy.set(fingerprint, new Set([id]));
}

export function forget({ claimed, claimedBy }: CaseRecord, id: string): void {
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
  readonly #request: ItemRequest;
  /** Told when `notMine` has got longer. */
  onOther: (() => void) | undefined;
  #inFlight = false;
  #closed = false;

  constructor(record: CaseRecord, twins: Twins, request: ItemRequest) {
    this.#record = record;
    this.#twins = twins;
    this.#request = request;
  }

  /** No item of this message, nor of one that it could be mistaken for, is older. */
  get since(): number {
    return this.#twins.since;
  }

  /** When the first of them was sent, by the service's clock; infinity where that is not known. */
  get sentBefore(): number {
    return this.#twins.sentBefore;
  }

  /** Such items that are surely those of other messages. */
  get notMine(): readonly OwnedItem[] {
    return this.#claimed.filter(({ owner }) => owner !== this.#request.owner);
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

  /**
   * Gives what tells whether an item by `author` may be this message's, as things are now; one that left its author open
   * leaves it to who named it.
   */
  freeItems(): (itemId: string, author: string | undefined) => boolean {
    // An earlier run had its answer, which nobody but another message has written down.
    const own = this.#claimed.find(({ owner }) => owner === this.#request.owner);
    if (own) return (itemId) => own.itemId === itemId;
    const named = new Set([...this.#twins.open].map((twin) => twin.#request.author));
    return (itemId, author) =>
      !this.#record.claimed.has(itemId) &&
      (author === undefined || author === this.#request.author || !named.has(author));
  }

  get #claimed(): readonly OwnedItem[] {
    const { claimed, claimedBy } = this.#record;
    return [...(claimedBy.get(this.#request.fingerprint) ?? [])].map((itemId) => ({
      itemId,
      owner: claimed.get(itemId)?.owner ?? '',
    }));
  }

  /** This message's item is `itemId`. */
  take(itemId: string, now: number): void {
    const { fingerprint, owner } = this.#request;
    remember(this.#record, itemId, { at: now, fingerprint, owner });
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
    if (open.size === 0) this.#record.twins.delete(this.#request.fingerprint);
  }
}
