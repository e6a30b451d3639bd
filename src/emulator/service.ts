import { casesArn } from './model/arn';
import { accessDenied } from './model/errors';
import { accepted } from './model/validation';
import { type OperationName, operations } from './operations';
import { demoDomain, demoState } from './state/seed';
import { type Caller, type Change, type Domain, defaultLimits, type Limits, type State } from './state/state';

export interface ServiceOptions {
  /** Where to go on from; the demo cases unless given. */
  readonly state?: State;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly limits?: Partial<Limits>;
  /** IAM actions that are refused, such as `cases:SearchRelatedItems` or `connect:DescribeContact`. */
  readonly deny?: readonly string[];
}

/** Amazon Connect Cases without HTTP: a request goes in, the answer comes out or a `ServiceError` is thrown. */
export class CasesService {
  readonly domain: Domain = demoDomain;
  readonly state: State;
  readonly now: () => number;
  readonly limits: Limits;
  denied: ReadonlySet<string>;
  /** How long a created item or case stays out of searches. */
  lagSeconds = 0;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor({ state = demoState(), now = Date.now, limits = {}, deny = [] }: ServiceOptions = {}) {
    this.state = state;
    this.now = now;
    this.limits = { ...defaultLimits, ...limits };
    this.denied = new Set(deny);
  }

  /** Validates `request` and carries it out. */
  call(operation: OperationName, request: unknown, caller: Caller): object {
    const { input, run } = operations[operation];
    return run(this, accepted(input, request), caller);
  }

  /** Throws where the caller's policy denies the operation. */
  authorize(operation: OperationName, caller: Caller): void {
    const action = `cases:${operation}`;
    if (this.denied.has(action)) {
      throw accessDenied(caller.account, action, casesArn(caller, `domain/${this.domain.id}`));
    }
  }

  changed(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Tells `listener` about every change of the state; returns what ends that. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
