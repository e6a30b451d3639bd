import type { Input, OperationName, Output } from '../../model/operations';
import { closed } from '../own-errors';
import type { Packed } from '../packing/packed';
import type { CasesService } from '../service/service';
import type { Claimed } from '../verify/lost-request';
import type { JobContext } from './context';

/** The one request of a job: what is sent each time, and the right to what it makes. */
export class JobRequest {
  readonly packed: Packed;
  readonly #context: JobContext;
  #input: Input<OperationName>;
  #claimed: Claimed | undefined;
  /** By the service's clock; infinity: it was not sent yet. */
  #firstSentAt: number;

  constructor(context: JobContext, packed: Packed) {
    this.#context = context;
    this.packed = packed;
    this.#input = packed.input;
    this.#firstSentAt = packed.doubt?.firstSentAt ?? Number.POSITIVE_INFINITY;
  }

  get input(): Input<OperationName> {
    return this.#input;
  }

  /** Absent where it may be repeated. */
  get claimed(): Claimed | undefined {
    return this.#claimed;
  }

  sensitiveTexts(): readonly string[] {
    return this.packed.rules.sensitiveTexts(this.#input);
  }

  /** Makes the request as it is sent. Rejects where that can't be done. */
  async prepare(): Promise<void> {
    this.#input = (await this.packed.rules.prepare?.(this.#input)) ?? this.#input;
  }

  /** From now on its item counts for nobody else. */
  claim(): void {
    this.#claimed = this.#context.verifier.claim(this.packed.rules, this.#input, this.packed.doubt);
  }

  async send(signal: AbortSignal, isSettled: () => boolean) {
    const { endings, service, storeTime } = this.#context;
    const { messages, rules } = this.packed;
    for (const message of messages) message.attempts += 1;
    this.#claimed?.claim.sent();
    endings.tell(messages, 'sending');
    const sentAt = timesOf(service, storeTime());
    this.#firstSentAt = Math.min(this.#firstSentAt, sentAt.earliest);
    await endings.sending(messages, {
      firstSentAt: this.#firstSentAt,
      lastSentAt: sentAt.latest,
      notMine: this.#claimed?.claim.notMine ?? [],
    });
    if (isSettled()) throw closed('no');
    return service.call(rules.operation, this.#input, signal);
  }

  /** What it was to make is there, as an answer told or a search. */
  made(output: Output<OperationName>, verified: boolean): void {
    if (!this.#claimed) return;
    const { verifier, existingItems } = this.#context;
    const { rules, input } = this.#claimed;
    const item = output as Output<'CreateRelatedItem'>;
    if (!verified) verifier.answered(this.#claimed, item);
    if (rules.keepsExisting) existingItems.added(rules, input, item);
  }
}

/** How far the store's clock may be ahead of the service's. */
const unknownClockMs = 300_000;

/** Between which times, by the service's clock, a request goes out now. */
function timesOf(service: CasesService, storeTime: number) {
  if (service.knowsTime?.() === false)
    return { earliest: storeTime - unknownClockMs, latest: Number.POSITIVE_INFINITY };
  const now = service.serverTime();
  return { earliest: now, latest: now };
}
