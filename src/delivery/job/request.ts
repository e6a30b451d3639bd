import type { DeliveryRules } from '../../definition/delivery-rules';
import type { Input, OperationName, Output } from '../../model/operations';
import { closed } from '../own-errors';
import type { CasesService } from '../service/service';
import type { Doubt } from '../store/message-store';
import type { Claimed } from '../verify/lost-request';
import type { Lane, Taken } from '../waiting/lane';
import type { JobContext } from './context';
import { ambiguousFor, type Situation } from './next-step';

/** The one request of a job: whose it is, what is sent each time, and the right to what it makes. */
export class JobRequest {
  /** The messages that share it, oldest first. */
  readonly messages: Taken['messages'];
  readonly #context: JobContext;
  #input: Input<OperationName>;
  #claimed: Claimed | undefined;
  /** By the service's clock; infinity: it was not sent yet. */
  #firstSentAt: number;
  /** The store has it as one in doubt. */
  #isInDoubt: boolean;

  constructor(context: JobContext, { messages, input }: Taken) {
    this.#context = context;
    this.messages = messages;
    this.#input = input;
    this.#firstSentAt = this.doubt?.firstSentAt ?? Number.POSITIVE_INFINITY;
    this.#isInDoubt = this.doubt !== undefined;
  }

  get #owner(): string {
    return this.messages[0].record.id;
  }

  get rules(): DeliveryRules {
    return this.messages[0].rules;
  }

  get lane(): Lane {
    return this.messages[0].lane;
  }

  /** There where an earlier run sent it, and nobody knows what became of it. */
  get doubt(): Doubt | undefined {
    return this.messages[0].record.doubt;
  }

  /** How many times it was sent. */
  get attempts(): number {
    return this.messages[0].attempts;
  }

  /** Messages that were merged are given up together, when the last of them is due. */
  get deadline(): number {
    return this.messages.at(-1)?.deadline ?? Number.POSITIVE_INFINITY;
  }

  get isLate(): boolean {
    return this.deadline <= this.#context.clock.now();
  }

  /** What its next step depends on besides its failure. */
  get situation(): Situation {
    const { settings, isClosing, isLeaving } = this.#context;
    return {
      ambiguous: ambiguousFor(this.rules, settings),
      late: this.isLate,
      closing: isClosing(),
      leaving: isLeaving(),
      attempts: this.attempts,
      retries: this.lane.retries,
    };
  }

  get input(): Input<OperationName> {
    return this.#input;
  }

  /** Absent where it may be repeated. */
  get claimed(): Claimed | undefined {
    return this.#claimed;
  }

  sensitiveTexts(): readonly string[] {
    return this.rules.sensitiveTexts(this.#input);
  }

  /** Makes the request as it is sent. Rejects where that can't be done. */
  async prepare(): Promise<void> {
    this.#input = (await this.rules.prepare?.(this.#input)) ?? this.#input;
  }

  /** From now on its item counts for nobody else. */
  claim(): void {
    const { verifier } = this.#context;
    this.#claimed = verifier.claim(this.rules, this.#input, this.#owner, this.doubt);
    // What others have got since it was sent.
    if (this.doubt && this.#claimed) void this.#inDoubt(this.doubt)();
  }

  /** It needs no item any more, unless the next delivery of the domain node goes on with it. */
  release(): void {
    const { isLeaving } = this.#context;
    if (this.#isInDoubt && !this.messages[0].caller && isLeaving()) this.suspend();
    else this.#claimed?.claim.close();
  }

  /** What others get until a delivery goes on with it is not its own. */
  suspend(): void {
    if (this.#claimed) this.#context.claims.suspend(this.#owner, this.#claimed.claim);
  }

  /** The last request was surely not carried out. */
  notCarriedOut(): void {
    this.#isInDoubt = false;
    this.#context.endings.notCarriedOut(this.messages);
  }

  async send(signal: AbortSignal, isSettled: () => boolean) {
    const { endings, service, storeTime } = this.#context;
    const { messages, rules } = this;
    for (const message of messages) message.attempts += 1;
    const sentAt = timesOf(service, storeTime());
    this.#claimed?.claim.sent(sentAt.latest);
    endings.tell(messages, 'sending');
    this.#firstSentAt = Math.min(this.#firstSentAt, sentAt.earliest);
    this.#isInDoubt = true;
    await this.#inDoubt({ firstSentAt: this.#firstSentAt, lastSentAt: sentAt.latest })();
    if (isSettled()) throw closed('no');
    return service.call(rules.operation, this.#input, signal);
  }

  /** Gives what has it written down that the request is in doubt; so it is again when more items are surely not its own. */
  #inDoubt({ firstSentAt, lastSentAt }: Omit<Doubt, 'packedWith' | 'notMine'>): () => Promise<void> {
    const claim = this.#claimed?.claim;
    const write = () => {
      const notMine = claim?.notMine ?? [];
      return this.#context.endings.sending(this.messages, { firstSentAt, lastSentAt, notMine });
    };
    if (claim) claim.onOther = write;
    return write;
  }

  /** What it was to make is there, as an answer told or a search. */
  made(output: Output<OperationName>, verified: boolean): void {
    if (!this.#claimed) return;
    const { verifier, existingItems, channels } = this.#context;
    const { rules, input } = this.#claimed;
    const item = output as Output<'CreateRelatedItem'>;
    if (verified) channels.to(this.rules.operation).carriedOut();
    else verifier.answered(this.#claimed, item);
    if (rules.keepsExisting) existingItems.added(rules, input, item);
  }
}

/** Gives when an earlier run lost its request, as well as can be known by then. */
export function lostAtOf({ clock, service }: JobContext, { lastSentAt }: Doubt): () => number {
  const latest = clock.now();
  return () => Math.min(latest, clock.now() - (service.serverTime() - lastSentAt));
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
