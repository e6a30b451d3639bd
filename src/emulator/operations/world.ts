import type { Limits } from '../api';
import { splitCaseId } from '../model/arn';
import { conflict, notFound } from '../model/errors';
import type { Change, Together } from '../state/change';
import type { Caller, Case, Domain, State } from '../state/state';

/** What the operations work on: the state of the caller's account and Region, and how the service behaves. */
export interface World {
  /** Changed by `commit` alone. */
  readonly state: State;
  readonly limits: Limits;
  /** How long what was written stays out of searches. */
  readonly lagSeconds: number;
  /** IAM actions that the caller is refused. */
  readonly denied: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets `change` happen. Throws, and changes nothing, where it can't be kept. */
  commit(change: Change | Together): void;
}

/** What an operation does for a request that the service's model accepts. */
export type Run<Request, Answer extends object> = (world: World, request: Request, caller: Caller) => Answer;

/** A member that the model requires, and that is there therefore. */
export const required = <T>(value: T | undefined): T => value as T;

/** The domain with this id. Throws where there is none. */
export function findDomain({ state }: Pick<World, 'state'>, domainId: string | undefined): Domain {
  const found = state.domains.get(required(domainId));
  if (!found) throw notFound('Domain', required(domainId));
  return found;
}

/** The case that a request names by id or ARN. Throws where the domain or the case does not exist. */
export function findCase(world: World, domainId: string | undefined, caseId: string | undefined): Case {
  const domain = findDomain(world, domainId);
  const named = splitCaseId(required(caseId));
  const found = world.state.cases.get(named.caseId);
  if (found?.domainId !== domain.id || (named.domainId ?? domain.id) !== domain.id) {
    throw notFound('Case', required(caseId));
  }
  return found;
}

/** The case that a request is to change. Throws also while it goes into another. */
export function findChangeableCase(
  world: World,
  domainId: string | undefined,
  caseId: string | undefined,
): Case {
  const found = findCase(world, domainId, caseId);
  const merge = world.state.merges.get(found.id);
  if (merge && !merge.isDone) throw conflict(`Case '${found.id}' is being merged into another`);
  return found;
}

/** The newest moment whose writes a search sees. */
export const visibleUntil = (world: World): number => world.now() - world.lagSeconds * 1000;

/** The number of the next thing that is created. */
export const nextSequence = ({ state }: World): number => state.lastSequence + 1;
