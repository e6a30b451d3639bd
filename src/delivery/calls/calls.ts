import { setMaxListeners } from 'node:events';
import type { Call, CaseOperation } from '../../cases/call';
import { CasesError } from '../../errors/errors';
import { defaultQuota } from '../../model/limits';
import { Connection } from '../channel/connection';
import { createPace } from '../channel/pace';
import type { DeliverySettings } from '../delivery';
import { nextStep } from '../next-step';
import { closed, expired, queueFull } from '../own-errors';
import { type Clock, systemClock } from '../time/clock';
import { OperationChannel } from './operation-channel';
import { type OperationService, writing } from './operations';

export interface CallsOptions {
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Told once for each thing that somebody should look into; holds nothing secret or sensitive. */
  readonly onWarning?: (text: string) => void;
}

/** The operations of one domain node that create no related item. */
export interface Calls {
  /** How many have no answer yet. */
  readonly waiting: number;
  readonly call: Call;
  /** Finishes what is in flight (up to `graceSeconds`), rejects what waits with `CLOSED`. */
  close(graceSeconds: number): Promise<void>;
}

/** Calls of operations, each at the pace of its own quota, and repeated until the service has answered. */
export function createCalls(
  service: OperationService,
  settings: DeliverySettings,
  options: CallsOptions = {},
): Calls {
  return new OpenCalls(service, settings, options);
}

type GiveUp = (error: CasesError) => void;

class OpenCalls implements Calls {
  readonly #service: OperationService;
  readonly #settings: DeliverySettings;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #connection: Connection;
  readonly #channels = new Map<CaseOperation, OperationChannel>();
  readonly #abort = new AbortController();
  /** Ends the wait of each call that waits. */
  readonly #waits = new Set<GiveUp>();
  #waiting = 0;
  #closing: { readonly done: () => void; readonly promise: Promise<void> } | undefined;

  constructor(service: OperationService, settings: DeliverySettings, options: CallsOptions) {
    const { clock = systemClock, random = Math.random, onWarning = () => undefined } = options;
    this.#service = service;
    this.#settings = settings;
    this.#clock = clock;
    this.#random = random;
    const said = new Set<string>();
    this.#connection = new Connection(random, (topic, text) => {
      if (!said.has(topic)) onWarning(text);
      said.add(topic);
    });
    setMaxListeners(0, this.#abort.signal);
  }

  get waiting(): number {
    return this.#waiting;
  }

  readonly call: Call = async (operation, input) => {
    const { maxWaiting } = this.#settings;
    if (this.#closing) throw closed('no');
    if (this.#waiting >= maxWaiting) throw queueFull(maxWaiting);
    this.#waiting += 1;
    try {
      const send = () => this.#service.call(operation, input, this.#abort.signal);
      return await this.#carryOut(operation, send);
    } finally {
      this.#waiting -= 1;
      this.#endIfClosed();
    }
  };

  #endIfClosed(): void {
    if (this.#waiting === 0) this.#closing?.done();
  }

  async #carryOut<Answer>(operation: CaseOperation, send: () => Promise<Answer>): Promise<Answer> {
    const { ambiguous, deadlineSeconds } = this.#settings;
    const writes = writing.has(operation);
    const deadline =
      deadlineSeconds > 0 ? this.#clock.now() + deadlineSeconds * 1000 : Number.POSITIVE_INFINITY;
    let inDoubtNow = false;
    let retries = 0;
    const honest = ({ code, message, details }: CasesError) =>
      new CasesError(code, message, { ...details, operation, created: inDoubtNow ? 'unknown' : 'no' });
    for (let attempts = 1; ; attempts += 1) {
      const ending = await this.#waitFor(deadline, (onGiveUp) =>
        this.#channel(operation).request(send, [], onGiveUp),
      ).catch((error: CasesError) => {
        throw honest(error);
      });
      if ('answer' in ending) return ending.answer;
      const { failure } = ending;
      if (failure.fate === 'unknown' && writes) inDoubtNow = true;
      const late = deadline <= this.#clock.now();
      const step = nextStep(
        failure,
        {
          ambiguous: writes && ambiguous === 'fail' ? 'fail' : 'resend',
          late,
          closing: this.#closing !== undefined,
          attempts,
          retries,
        },
        this.#random,
      );
      if (step.do === 'reject') throw honest(step.error);
      if (step.do === 'abandon') throw honest(late ? expired(deadlineSeconds, 'no') : closed('no'));
      if (failure.fate === 'not-sent' && step.restMs > 0) retries += 1;
      await this.#rest(step.restMs, deadline).catch((error: CasesError) => {
        throw honest(error);
      });
    }
  }

  #rest(delayMs: number, deadline: number): Promise<void> {
    if (delayMs <= 0) return Promise.resolve();
    return this.#waitFor(
      deadline,
      (onGiveUp) =>
        new Promise((resolve, reject) => {
          const timer = this.#clock.setTimeout(resolve, delayMs);
          onGiveUp((error) => {
            this.#clock.clearTimeout(timer);
            reject(error);
          });
        }),
    );
  }

  /** Waits until `wait` ends by itself, or is given up at the deadline or when the calls are closed. */
  async #waitFor<Result>(
    deadline: number,
    wait: (onGiveUp: (giveUp: GiveUp) => void) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closing) throw closed('no');
    let giveUp: GiveUp = () => undefined;
    const timer =
      deadline === Number.POSITIVE_INFINITY
        ? undefined
        : this.#clock.setTimeout(
            () => giveUp(expired(this.#settings.deadlineSeconds, 'no')),
            Math.max(0, deadline - this.#clock.now()),
          );
    try {
      return await wait((given) => {
        giveUp = given;
        this.#waits.add(given);
      });
    } finally {
      if (timer !== undefined) this.#clock.clearTimeout(timer);
      this.#waits.delete(giveUp);
    }
  }

  #channel(operation: CaseOperation): OperationChannel {
    let channel = this.#channels.get(operation);
    if (!channel) {
      channel = new OperationChannel({
        clock: this.#clock,
        pace: createPace('auto', defaultQuota[operation].burst, this.#random),
        connection: this.#connection,
        action: `cases:${operation}`,
        onTurn: () => {
          for (const each of this.#channels.values()) each.start();
        },
      });
      this.#channels.set(operation, channel);
    }
    return channel;
  }

  close(graceSeconds: number): Promise<void> {
    if (this.#closing) return this.#closing.promise;
    let done = () => {};
    const promise = new Promise<void>((resolve) => {
      done = resolve;
    });
    const timer = this.#clock.setTimeout(() => this.#abort.abort(), graceSeconds * 1000);
    this.#closing = {
      promise,
      done: () => {
        this.#clock.clearTimeout(timer);
        done();
      },
    };
    for (const giveUp of [...this.#waits]) giveUp(closed('no'));
    this.#endIfClosed();
    return promise;
  }
}
