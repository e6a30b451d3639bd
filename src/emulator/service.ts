import type { Limits } from './api';
import { requireAllowed } from './auth/callers';
import { casesArn, localUser } from './model/arn';
import { accepted } from './model/validation';
import { type OperationName, operations } from './operations';
import { iamActionOf } from './operations/actions';
import { endMerges } from './operations/merges';
import type { Operation } from './operations/operation';
import type { World } from './operations/world';
import { demo, demoSeed, demoSetUpAt } from './seed/demo';
import { seedChanges, seededState } from './seed/from-seed';
import { toSeed } from './seed/to-seed';
import type { Change } from './state/change';
import { apply } from './state/changes';
import type { DataFile } from './state/data-file';
import { changesOf } from './state/snapshot';
import { type Caller, type Domain, defaultLimits, type State } from './state/state';

/** An account and a Region: each has a state of its own. */
export type Place = Pick<Caller, 'account' | 'region'>;
type Listener = (change: Change, state: State, place: Place) => void;

interface ServiceOptions {
  /** Where `state` is. */
  readonly place?: Place;
  /** Where to go on from, and where every change is written down. */
  readonly dataFile?: DataFile;
  /** What each account has in each Region at first: a seed. The demo domain unless given. */
  readonly content?: unknown;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly limits?: Partial<Limits>;
}

/** Amazon Connect Cases without HTTP: a request goes in, the answer comes out or a `ServiceError` is thrown. */
export class CasesService {
  readonly now: () => number;
  readonly limits: Limits;
  /** IAM actions that are refused, such as `cases:SearchRelatedItems`. */
  denied: ReadonlySet<string> = new Set();
  /** How long what was written stays out of searches. */
  lagSeconds = 0;
  readonly #place: Place;
  readonly #seed: () => State;
  readonly #dataFile: DataFile | undefined;
  readonly #worlds = new Map<string, World & { readonly place: Place }>();
  readonly #listeners = new Set<Listener>();

  constructor(options: ServiceOptions = {}) {
    this.#place = options.place ?? { account: '123456789012', region: 'us-east-1' };
    const { content } = options;
    this.now = options.now ?? Date.now;
    this.#seed = () =>
      content === undefined ? seededState(demoSeed, demoSetUpAt) : seededState(content, this.now());
    if (content !== undefined) this.#seed();
    this.#dataFile = options.dataFile;
    this.limits = { ...defaultLimits, ...options.limits };
  }

  /** Someone of the service's own account in its own Region. */
  get caller(): Caller {
    return { ...this.#place, principal: localUser(this.#place.account) };
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
    const world = this.#worldOf(caller);
    if (world.state.merges.size > 0) endMerges(world, caller);
    return run(world, accepted(input, request), caller);
  }

  /** Throws where the caller's policy denies the operation. */
  authorize(operation: OperationName, caller: Caller, domainId = '*'): void {
    const resource = casesArn(caller, `domain/${domainId}`);
    const { isBatch }: Operation = operations[operation];
    requireAllowed(this, iamActionOf(operation), resource, caller);
    if (isBatch) requireAllowed(this, 'cases:IsBatchAction', resource, caller);
  }

  /** Adds what a seed holds to `state`. Throws where it is none, and adds nothing. */
  add(seed: unknown): void {
    const { state, commit } = this.#worldOf(this.#place);
    commit({ kind: 'all', changes: seedChanges(seed, state, this.now()) });
  }

  /** What `state` holds, as a seed. */
  export(): object {
    return toSeed(this.state);
  }

  /** Puts back what was there at first, in every account and Region. */
  reset(): void {
    for (const { state, commit } of this.#worlds.values()) {
      const gone = [...state.domains.keys()].map(
        (domainId): Change => ({ kind: 'domain-deleted', domainId }),
      );
      commit({ kind: 'all', changes: [...gone, ...changesOf(this.#seed())] });
    }
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
        for (const each of change.kind === 'all' ? change.changes : [change]) {
          apply(state, each);
          for (const listener of service.#listeners) listener(each, state, place);
        }
      },
    };
  }
}
