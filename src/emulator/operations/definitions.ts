/** What fields, templates, layouts and rules have in common. */
import { randomUUID } from 'node:crypto';
import { casesArn } from '../model/arn';
import { conflict, notFound, quotaExceeded, validation } from '../model/errors';
import type { Caller, Definition, DefinitionKind, Definitions, Domain } from '../state/state';
import { required, type World } from './world';

const kinds = {
  fields: { type: 'Field', path: 'field', most: 500 },
  templates: { type: 'Template', path: 'template', most: 100 },
  layouts: { type: 'Layout', path: 'layout', most: 100 },
  rules: { type: 'CaseRule', path: 'case-rule', most: Number.POSITIVE_INFINITY },
} as const;

const ofKind = <Kind extends DefinitionKind>(domain: Domain, kind: Kind) =>
  domain[kind] as ReadonlyMap<string, Definitions[Kind]>;

/** The definition with this id, deleted or not. Throws where there is none. */
export function findDefinition<Kind extends DefinitionKind>(
  domain: Domain,
  kind: Kind,
  id: string | undefined,
): Definitions[Kind] {
  const found = ofKind(domain, kind).get(required(id));
  if (!found) throw notFound(kinds[kind].type, required(id));
  return found;
}

/** The definition with this id. Throws where there is none, or it is deleted: those can't be changed. */
export function findChangeable<Kind extends DefinitionKind>(
  domain: Domain,
  kind: Kind,
  id: string | undefined,
): Definitions[Kind] {
  const found = findDefinition(domain, kind, id);
  if (found.deleted) throw validation(`${kinds[kind].type} '${found.id}' is deleted`);
  return found;
}

export const definitionArn = (caller: Caller, domainId: string, kind: DefinitionKind, id: string): string =>
  casesArn(caller, `domain/${domainId}/${kinds[kind].path}/${id}`);

/** Those that are not deleted. */
export const live = <T extends Definition>(definitions: ReadonlyMap<string, T>): T[] =>
  [...definitions.values()].filter(({ deleted }) => !deleted);

/** What is told of every definition. */
export const described = ({ name, description, tags, deleted, createdAt, modifiedAt }: Definition) => ({
  name,
  ...(description !== undefined && { description }),
  tags: { ...tags },
  ...(deleted && { deleted }),
  createdTime: new Date(createdAt),
  lastModifiedTime: new Date(modifiedAt),
});

/** What a new definition has at least. Throws where the domain has no room for it, or its name is taken. */
export function newDefinition(
  world: World,
  domain: Domain,
  kind: DefinitionKind,
  request: { name: string | undefined; description?: string | undefined },
): Definition {
  const { type, most } = kinds[kind];
  const others = live<Definition>(domain[kind]);
  if (others.length >= most)
    throw quotaExceeded(`The domain has ${most} of type ${type}, the most it can have`);
  const name = required(request.name);
  requireFreeName(others, name);
  const { description } = request;
  const now = world.now();
  return {
    id: randomUUID(),
    name,
    ...(description !== undefined && { description }),
    createdAt: now,
    modifiedAt: now,
    tags: {},
  };
}

function requireFreeName(others: readonly Definition[], name: string, id?: string): void {
  if (others.some((other) => other.name === name && other.id !== id)) {
    throw conflict(`The name '${name}' is taken`);
  }
}

/** What a request changes of every definition. Throws where its new name is taken. */
export function redescribed(
  world: World,
  domain: Domain,
  kind: DefinitionKind,
  definition: Definition,
  { name, description }: { name?: string | undefined; description?: string | undefined },
): Pick<Definition, 'name' | 'description' | 'modifiedAt'> {
  if (name !== undefined) requireFreeName(live<Definition>(domain[kind]), name, definition.id);
  return {
    name: name ?? definition.name,
    ...(description !== undefined && { description }),
    modifiedAt: world.now(),
  };
}

/** Takes a definition away, so that it can only be read. Once deleted, it stays so. */
export function deleteDefinition<Kind extends DefinitionKind>(
  world: World,
  domain: Domain,
  kind: Kind,
  id: string | undefined,
): object {
  const found = findDefinition(domain, kind, id);
  const entry: Definitions[Kind] = { ...found, deleted: true, modifiedAt: world.now() };
  if (!found.deleted) world.commit(definitionChange(domain, kind, entry));
  return {};
}

/** The change that puts a definition in place. */
export const definitionChange = <Kind extends DefinitionKind>(
  domain: Domain,
  kind: Kind,
  entry: Definitions[Kind],
) => ({ kind, domainId: domain.id, entry }) as Parameters<World['commit']>[0];

/** Throws where one of the fields is none of the domain, is deleted, or is named twice. */
export function requireFields(domain: Domain, ids: readonly string[], path: string): void {
  ids.forEach((id, index) => {
    const field = domain.fields.get(id);
    if (!field) throw validation(`Field '${id}' at '${path}' does not exist in the domain`);
    if (field.deleted) throw validation(`Field '${id}' at '${path}' is deleted`);
    if (ids.indexOf(id) !== index) throw validation(`Field '${id}' at '${path}' is given twice`);
  });
}
