import { createClock, type Clock as FakeClock } from '@sinonjs/fake-timers';
import type { DeliverySettings } from '../../src/delivery/delivery';
import { type DeliveryObserver, noObserver } from '../../src/delivery/observing/observer';
import type { Clock } from '../../src/delivery/time/clock';
import { Claims } from '../../src/delivery/verify/claims';
import type { CasesError } from '../../src/errors/errors';
import type { RelatedItemRequest } from '../../src/model/operations';
import type { Created, FoundItems, ItemService } from '../support/item-delivery';
import { createDelivery, type Delivery } from '../support/item-delivery';

/** What becomes of one request to the fake service. */
export type Fate =
  | 'ok'
  | 'lost' // carried out, the connection breaks before the answer
  | 'reset' // not carried out, the connection breaks
  | '500-after'
  | '500'
  | 'timeout' // carried out, no answer in time
  | 'offline'
  | Error;

/** An error as the SDK raises it for an answer of the service. */
export const answer = (status: number, name: string, message = name, more: object = {}): Error =>
  Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status, requestId: `r-${status}` },
    ...more,
  });
export const throttled = (): Error => answer(429, 'ThrottlingException');
/** An error of a socket. */
export const socketError = (code: string, syscall = ''): Error =>
  Object.assign(new Error(code), { code, syscall });

const errorOf = {
  lost: () => socketError('ECONNRESET', 'read'),
  reset: () => socketError('ECONNRESET', 'read'),
  '500-after': () => answer(500, 'InternalServerException'),
  '500': () => answer(500, 'InternalServerException'),
  timeout: () => Object.assign(new Error('no answer'), { name: 'TimeoutError', code: 'ETIMEDOUT' }),
  offline: () => socketError('ECONNREFUSED', 'connect'),
};
const carriedOut = new Set<Fate>(['ok', 'lost', '500-after', 'timeout']);

export interface FakeItem {
  readonly id: string;
  readonly request: RelatedItemRequest;
  readonly createdAt: number;
}

export const arnOfDomain = 'arn:aws:cases:eu-central-1:123456789012:domain/d1';
/** Where the fake service's clock begins. */
const epoch = Date.UTC(2026, 0, 1);

/** Cases in memory, on a clock that the test moves. */
export class FakeCases implements ItemService {
  readonly items: FakeItem[] = [];
  /** Bodies of the comments in the requests to create, in the order in which they arrived. */
  readonly sent: string[] = [];
  readonly sentAt: number[] = [];
  creates = 0;
  searches = 0;
  latencyMs = 20;
  lagMs = 0;
  /** How long the machine of the client slept, whose clock stood still. */
  sleptMs = 0;
  pageSize = 25;
  fateOfCreate: (request: RelatedItemRequest, count: number) => Fate = () => 'ok';
  fateOfSearch: (count: number) => Fate = () => 'ok';
  readonly time: FakeClock;
  #inFlight = 0;
  mostInFlight = 0;

  constructor(time: FakeClock) {
    this.time = time;
  }

  async create(request: RelatedItemRequest, signal: AbortSignal): Promise<Created> {
    this.creates += 1;
    this.sent.push(bodyOf(request));
    this.sentAt.push(this.time.now);
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    try {
      const fate = this.fateOfCreate(request, this.creates);
      await this.#pass(signal);
      const id = `item-${this.items.length + 1}`;
      if (carriedOut.has(fate)) this.items.push({ id, request, createdAt: this.#now });
      await this.#pass(signal);
      this.#fail(fate);
      return {
        relatedItemId: id,
        relatedItemArn: arnOf(request.caseId, id),
        requestId: `request-${this.creates}`,
      };
    } finally {
      this.#inFlight -= 1;
    }
  }

  async search(
    { caseId, nextToken }: { caseId?: string | undefined; nextToken?: string | undefined },
    signal: AbortSignal,
  ) {
    this.searches += 1;
    const fate = this.fateOfSearch(this.searches);
    await this.#pass(signal);
    this.#fail(fate);
    const visible = this.items.filter(
      (item) => item.request.caseId === caseId && item.createdAt <= this.#now - this.lagMs,
    );
    const from = Number(nextToken ?? 0);
    const items = visible.slice(from, from + this.pageSize).map(({ id, request, createdAt }) => ({
      relatedItemId: id,
      type: request.type,
      associationTime: new Date(epoch + createdAt),
      content: request.content,
      performedBy: request.performedBy,
    }));
    const found = {
      items,
      ...(from + this.pageSize < visible.length && { nextToken: `${from + this.pageSize}` }),
    };
    return found as unknown as FoundItems;
  }

  domainArn = async (): Promise<string> => arnOfDomain;
  serverTime = (): number => epoch + this.#now;

  /** Bodies of the comments of a case, oldest first. */
  bodies(caseId = 'c1'): string[] {
    return this.items
      .filter(({ request }) => request.caseId === caseId)
      .map(({ request }) => bodyOf(request));
  }

  get #now(): number {
    return this.time.now + this.sleptMs;
  }

  #pass(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.time.setTimeout(() => resolve(), this.latencyMs / 2);
      signal.addEventListener('abort', () => {
        this.time.clearTimeout(timer);
        reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
      });
    });
  }

  #fail(fate: Fate): void {
    if (fate === 'ok') return;
    throw fate instanceof Error ? fate : errorOf[fate]();
  }
}

export const arnOf = (caseId: string, itemId: string): string =>
  `${arnOfDomain}/case/${caseId}/related-item/${itemId}`;
const bodyOf = ({ content }: RelatedItemRequest): string => content?.comment?.body ?? '';

/** A delivery to fake cases; nothing happens until the test moves the clock. */
export interface Setup {
  readonly time: FakeClock;
  readonly cases: FakeCases;
  readonly delivery: Delivery;
  readonly warnings: string[];
  /** Another delivery to the same cases in the same process: a second domain node. */
  another(settings?: Partial<DeliverySettings>): Delivery;
}

export function setUp(
  settings: Partial<DeliverySettings> = {},
  random: () => number = () => 0.5,
  observer: DeliveryObserver = noObserver,
): Setup {
  const time = createClock(0, 1_000_000);
  const cases = new FakeCases(time);
  const warnings: string[] = [];
  const claims = new Claims();
  const clock: Clock = {
    now: () => time.now,
    setTimeout: (run, delayMs) => time.setTimeout(run, delayMs),
    clearTimeout: (timer) => time.clearTimeout(timer as number),
  };
  const another = (more: Partial<DeliverySettings> = {}) =>
    createDelivery(
      cases,
      {
        rate: 1000,
        burst: 1000,
        maxWaiting: 10_000,
        deadlineSeconds: 0,
        timeoutSeconds: 10,
        ambiguous: 'verify',
        ...settings,
        ...more,
      },
      { clock, random, claims, observer, onWarning: (text) => warnings.push(text) },
    );
  return { time, cases, delivery: another(), warnings, another };
}

export const comment = (body: string, caseId = 'c1'): RelatedItemRequest => ({
  domainId: 'd1',
  caseId,
  type: 'Comment',
  content: { comment: { body, contentType: 'Text/Plain' } },
});

/** How a promise has ended so far. */
export type Ending<T> = { value?: T; error?: Pick<CasesError, 'code' | 'created' | 'retryable' | 'message'> };
export function ending<T>(promise: Promise<T>): Ending<T> {
  const result: Ending<T> = {};
  promise.then(
    (value) => {
      result.value = value;
    },
    (error) => {
      result.error = error;
    },
  );
  return result;
}
