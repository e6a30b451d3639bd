import { requireAllowed } from './auth/callers';
import { casesArn } from './model/arn';
import { accepted } from './model/validation';
import { type OperationName, operations, requireActions } from './operations';
import type { World } from './operations/world';
import { apply, type Change } from './state/changes';
import type { DataFile } from './state/data-file';
import { demo, demoState } from './state/seed';
import { type Caller, type Domain, defaultLimits, type Limits, type State } from './state/state';

/** An account and a Region: each has a state of its own. */
export type Place = Pick<Caller, 'account' | 'region'>;
export type Listener = (change: Change, state: State, place: Place) => void;

export interface ServiceOptions {
  /** Where `state` is. */
  readonly place?: Place;
  /** Where to go on from, and where every change is written down. */
  readonly dataFile?: DataFile;
  /** What an account has in a Region when it is first asked for; the demo cases unless given. */
  readonly seed?: () => State;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly limits?: Partial<Limits>;
  /** IAM actions that are refused, such as `cases:SearchRelatedItems` or `connect:DescribeContact`. */
  readonly deny?: readonly string[];
}

/** Amazon Connect Cases without HTTP: a request goes in, the answer comes out or a `ServiceError` is thrown. */
export class CasesService {
  readonly now: () => number;
  readonly limits: Limits;
  #denied: ReadonlySet<string> = new Set();
  /** How long what was written stays out of searches. */
  lagSeconds = 0;
  readonly #place: Place;
  readonly #seed: () => State;
  readonly #dataFile: DataFile | undefined;
  readonly #worlds = new Map<string, World & { readonly place: Place }>();
  readonly #listeners = new Set<Listener>();

  constructor(options: ServiceOptions = {}) {
    this.#place = options.place ?? { account: '123456789012', region: 'us-east-1' };
    this.#seed = options.seed ?? demoState;
    this.#dataFile = options.dataFile;
    this.now = options.now ?? Date.now;
    this.limits = { ...defaultLimits, ...options.limits };
    this.deny(options.deny ?? []);
  }

  get denied(): ReadonlySet<string> {
    return this.#denied;
  }

  /** Replaces the IAM actions that are refused. Throws for one that is not known. */
  deny(actions: readonly string[]): void {
    this.#denied = new Set(requireActions(actions));
  }

  /** The state of the service's own account in its own Region. */
  get state(): State {
    return this.#worldOf(this.#place).state;
  }

  /** The demo domain of `state`. */
  get domain(): Domain {
    return this.state.domains.get(demo.domainId) as Domain;
  }

  /** Every account and Region that was asked for, and what it holds. */
  get places(): readonly { readonly place: Place; readonly state: State }[] {
    return [...this.#worlds.values()];
  }

  /** Validates `request` and carries it out. */
  call(operation: OperationName, request: unknown, caller: Caller): object {
    const { input, run } = operations[operation];
    return run(this.#worldOf(caller), accepted(input, request), caller);
  }

  /** Throws where the caller's policy denies the operation. */
  authorize(operation: OperationName, caller: Caller, domainId = '*'): void {
    requireAllowed(this, `cases:${operation}`, casesArn(caller, `domain/${domainId}`), caller);
  }

  /** Tells `listener` about every change of a state; returns what ends that. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #worldOf({ account, region }: Place): World & { readonly place: Place } {
    const key = `${account}/${region}`;
    const known = this.#worlds.get(key);
    if (known) return known;
    const world = this.#createWorld({ account, region }, this.#dataFile?.states.get(key) ?? this.#seed());
    this.#worlds.set(key, world);
    return world;
  }

  #createWorld(place: Place, state: State): World & { readonly place: Place } {
    const service = this;
    return {
      place,
      state,
      limits: this.limits,
      now: this.now,
      get lagSeconds() {
        return service.lagSeconds;
      },
      get denied() {
        return service.denied;
      },
      commit(change) {
        service.#dataFile?.write(`${place.account}/${place.region}`, state, change);
        apply(state, change);
        for (const listener of service.#listeners) listener(change, state, place);
      },
    };
  }
}
