import { asCasesError, type CasesError } from '../../errors/errors';
import type { Delivered, End } from '../delivery';
import { closed, expired, honest, interrupted, neverKnown } from '../own-errors';
import type { Doubt } from '../store/message-store';
import { type Message, searchesFirst, type Taken } from '../waiting/lane';
import type { JobContext, UnderWay } from './context';
import { nextStep, stateAfter } from './next-step';
import { JobRequest, lostAtOf } from './request';

/** How long it may take to find out about a request of an earlier run, however late it is. */
const lookUpMs = 60_000;

/** One request from its first attempt to its end: for one message, or for several that go out as one. */
export class Job implements UnderWay {
  settled = false;
  phase: UnderWay['phase'] = 'in flight';
  readonly #context: JobContext;
  readonly #request: JobRequest;
  /** Once it is not known whether the request was carried out: the last such failure, and what gives when it was. */
  #doubt: { readonly error: CasesError; readonly lostAt: () => number } | undefined;
  #forgetDeadline = () => {};

  constructor(context: JobContext, taken: Taken) {
    this.#context = context;
    this.#request = new JobRequest(context, taken);
    context.underWay.add(this);
  }

  sensitiveTexts(): readonly string[] {
    return this.#request.sensitiveTexts();
  }

  failing = () => this.#context.endings.tell(this.#request.messages, 'waiting');

  /** Sends the request until its fate is known. Never rejects. */
  async run(): Promise<void> {
    try {
      const { rules, doubt, messages } = this.#request;
      if (rules.prepare) await this.#prepare();
      if (this.settled) return;
      this.#request.claim();
      if (doubt) await this.#resume(doubt);
      else if (searchesFirst(messages[0])) await this.#keepExisting();
      while (!this.settled) await this.#attempt();
    } catch (thrown) {
      if (!this.settled) this.reject(asCasesError(thrown, 'unknown'));
    }
  }

  /** Rejects where the request can't be prepared. */
  async #prepare(): Promise<void> {
    this.phase = 'preparing';
    this.#context.preparing.add(this);
    if (!this.#request.doubt) this.#abandonWhenLate();
    await this.#request.prepare();
  }

  /** Goes on with a request that an earlier run sent last. */
  async #resume(doubt: Doubt): Promise<void> {
    const resumedAt = this.#context.clock.now();
    this.#doubt = { error: interrupted(), lostAt: lostAtOf(this.#context, doubt) };
    const { ambiguous } = this.#request.situation;
    if (ambiguous === 'fail') return this.reject(this.#doubt.error);
    this.#abandonWhenLate(resumedAt + lookUpMs);
    if (ambiguous === 'verify') await this.#verify(resumedAt);
  }

  /** Where it is set so, an item that the case has already is the message's, and nothing is sent. */
  async #keepExisting(): Promise<void> {
    const { claimed, input } = this.#request;
    if (!claimed?.rules.keepsExisting) return;
    this.phase = 'verifying';
    this.#abandonWhenLate();
    const existing = await this.#context.existingItems.find(this, claimed.rules, claimed.input);
    if (this.settled || existing.is === 'not there') return;
    if (existing.is === 'unknown') return this.reject(existing.why);
    const { output } = existing;
    this.#settle(() => ({ delivered: { output, input, attempts: 0, verified: false, existing: true } }));
  }

  async #attempt(): Promise<void> {
    const { channels, clock, endings, random } = this.#context;
    const { rules, messages, lane } = this.#request;
    const result = await channels.to(rules.operation).call(this, (signal) => this.#send(signal));
    if (this.settled) return;
    if ('answer' in result) return this.#resolve({ ...result.answer, verified: false });
    const { failure } = result;
    this.#request.claimed?.claim.ended();
    if (failure.fate === 'unknown') {
      if (!this.#doubt) this.#abandonWhenLate();
      const at = clock.now();
      this.#doubt = { error: failure.error, lostAt: () => at };
    } else if (failure.fate === 'not-sent' && !this.#doubt) {
      this.#request.notCarriedOut();
    }
    const step = nextStep(failure, this.#request.situation, random);
    switch (step.do) {
      case 'reject':
        return this.reject(step.error);
      case 'abandon':
        return this.#abandon();
      case 'verify':
        return this.#verify(clock.now() + step.delayMs);
      case 'send again':
        if (failure.fate === 'not-sent') {
          endings.tell(messages, stateAfter[failure.cause]);
          if (step.delayMs > 0) lane.retries += 1;
        }
        return this.#doubt ? this.#delay(step.delayMs) : this.#requeue(step.delayMs, step.last);
    }
  }

  #send(signal: AbortSignal) {
    this.phase = 'in flight';
    this.#context.preparing.delete(this);
    return this.#request.send(signal, () => this.settled);
  }

  /** Finds out whether the request was carried out; if not, it may be sent again at `sendAt`. */
  async #verify(sendAt: number): Promise<void> {
    const { verifier, clock, isClosing } = this.#context;
    const { claimed, attempts } = this.#request;
    if (!claimed || !this.#doubt) return;
    this.phase = 'verifying';
    const verdict = await verifier.verify(this, { ...claimed, attempts, lostAt: this.#doubt.lostAt });
    if (this.settled) return;
    switch (verdict.is) {
      case 'found':
        return this.#resolve({ output: verdict.output, verified: true });
      case 'unknown':
        return this.reject(neverKnown(this.#doubt.error, verdict.why));
      case 'missing':
        return isClosing() || this.#request.isLate ? this.#abandon() : this.#delay(sendAt - clock.now());
    }
  }

  /** What does not wait in its lane any more needs a deadline of its own; `soonest`: it has so long at least. */
  #abandonWhenLate(soonest = 0): void {
    const { deadline } = this.#request;
    if (deadline === Number.POSITIVE_INFINITY) return;
    this.#forgetDeadline();
    this.#forgetDeadline = this.#context.schedule.add(Math.max(soonest, deadline), () => {
      if (!this.settled && this.phase !== 'in flight') this.#abandon();
    });
  }

  /** A message that may have been carried out goes on by itself. */
  #delay(delayMs: number): Promise<void> {
    this.phase = 'delayed';
    return this.#context.schedule.after(this.#context.clock.now(), delayMs);
  }

  /** One that surely was not waits like the others; its lane is busy until the delay is over. */
  #requeue(delayMs: number, last = false): void {
    const { lanes, schedule, clock } = this.#context;
    const { lane, messages } = this.#request;
    this.#leave();
    lanes.requeue(messages);
    if (delayMs > 0) schedule.add(clock.now() + delayMs, () => lanes.release(lane, last));
    else lanes.release(lane, last);
  }

  #resolve(result: Pick<Delivered, 'output' | 'requestId' | 'verified'>): void {
    this.#request.made(result.output, result.verified);
    const { messages } = this.#request;
    const more = { input: this.#request.input, ...(messages.length > 1 && { merged: messages.length }) };
    this.#settle(({ attempts }) => ({ delivered: { ...result, ...more, attempts } }));
  }

  reject(error: CasesError): void {
    const { rules, attempts } = this.#request;
    const told = honest(error, { operation: rules.operation, attempts, inDoubt: this.#doubt !== undefined });
    this.#settle(() => ({ error: told }));
  }

  /** It would have to wait on, but may not. */
  #abandon(): void {
    const created = this.#doubt ? 'unknown' : 'no';
    const { deadlineSeconds } = this.#context.settings;
    this.reject(this.#request.isLate ? expired(deadlineSeconds, created) : closed(created));
  }

  #settle(endOf: (message: Message) => End): void {
    const { endings, lanes } = this.#context;
    this.#leave();
    this.#request.lane.retries = 0;
    for (const message of this.#request.messages) endings.end(message, endOf(message));
    lanes.release(this.#request.lane);
  }

  #leave(): void {
    this.settled = true;
    this.#request.release();
    this.#context.underWay.delete(this);
    this.#context.preparing.delete(this);
    this.#forgetDeadline();
  }
}
