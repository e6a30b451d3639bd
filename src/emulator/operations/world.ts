import { casesArn, splitCaseId } from '../model/arn';
import { notFound } from '../model/errors';
import type { Change } from '../state/changes';
import type {
  Caller,
  Case,
  Definition,
  DefinitionKind,
  Definitions,
  Domain,
  Limits,
  State,
} from '../state/state';

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
  commit(change: Change): void;
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

const typeOfKind = { fields: 'Field', templates: 'Template', layouts: 'Layout', rules: 'CaseRule' } as const;
const pathOfKind = {
  fields: 'field',
  templates: 'template',
  layouts: 'layout',
  rules: 'case-rule',
} as const;

/** The field, template, layout or rule with this id, deleted or not. Throws where there is none. */
export function findDefinition<Kind extends DefinitionKind>(
  domain: Domain,
  kind: Kind,
  id: string | undefined,
): Definitions[Kind] {
  const found = (domain[kind] as ReadonlyMap<string, Definitions[Kind]>).get(required(id));
  if (!found) throw notFound(typeOfKind[kind], required(id));
  return found;
}

/** The ARN of a field, template, layout or rule. */
export const definitionArn = (caller: Caller, domainId: string, kind: DefinitionKind, id: string): string =>
  casesArn(caller, `domain/${domainId}/${pathOfKind[kind]}/${id}`);

/** The newest moment whose writes a search sees. */
export const visibleUntil = (world: World): number => world.now() - world.lagSeconds * 1000;

/** The number of the next thing that is created. */
export const nextSequence = ({ state }: World): number => state.lastSequence + 1;

/** Those that are not deleted. */
export const live = <T extends Definition>(definitions: ReadonlyMap<string, T>): T[] =>
  [...definitions.values()].filter(({ deleted }) => !deleted);

/** What is told of every field, template, layout and rule. */
export const described = ({ name, description, tags, deleted, createdAt, modifiedAt }: Definition) => ({
  name,
  ...(description !== undefined && { description }),
  tags: { ...tags },
  ...(deleted && { deleted }),
  createdTime: new Date(createdAt),
  lastModifiedTime: new Date(modifiedAt),
});
