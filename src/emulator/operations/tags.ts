import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-connectcases';
import { casesArn } from '../model/arn';
import { notFound, validation } from '../model/errors';
import { type Entry, toMap } from '../model/schema';
import type { Caller, DefinitionKind, Domain, Resource } from '../state/state';
import { definitionChange } from './definitions';
import { required, type World } from './world';

type Tags = Resource['tags'];

/** What has tags: how they are, and how they are replaced. */
interface Tagged {
  readonly tags: Tags;
  replace(tags: Tags): void;
}

const kindOfPath: Readonly<Record<string, DefinitionKind>> = {
  field: 'fields',
  template: 'templates',
  layout: 'layouts',
  'case-rule': 'rules',
};

/** The domain, field, template, layout, rule or case of an ARN. Throws where there is none. */
function findTagged(world: World, arn: string, caller: Caller): Tagged {
  const prefix = casesArn(caller, 'domain/');
  const [domainId = '', path = '', id = '', ...more] = arn.startsWith(prefix)
    ? arn.slice(prefix.length).split('/')
    : [];
  const domain = world.state.domains.get(domainId);
  const found = domain && more.length === 0 ? taggedIn(world, domain, path, id) : undefined;
  if (!found) throw notFound('Resource', arn);
  return found;
}

function taggedIn(world: World, domain: Domain, path: string, id: string): Tagged | undefined {
  if (path === '') {
    const { fields, templates, layouts, rules, ...record } = domain;
    const replace = (tags: Tags) => world.commit({ kind: 'domain', domain: { ...record, tags } });
    return { tags: domain.tags, replace };
  }
  if (path === 'case') {
    const found = world.state.cases.get(id);
    if (found?.domainId !== domain.id) return undefined;
    const replace = (tags: Tags) => world.commit({ kind: 'case-tags', caseId: id, tags });
    return { tags: found.tags, replace };
  }
  const kind = kindOfPath[path];
  const entry = kind && domain[kind].get(id);
  if (!entry) return undefined;
  const replace = (tags: Tags) => world.commit(definitionChange(domain, kind, { ...entry, tags }));
  return { tags: entry.tags, replace };
}

export function listTagsForResource(
  world: World,
  request: ListTagsForResourceRequest,
  caller: Caller,
): ListTagsForResourceResponse {
  return { tags: { ...findTagged(world, required(request.arn), caller).tags } };
}

const mostTags = 50;

/** TagResource with the map of tags read as a list. */
export function tagResource(
  world: World,
  request: Omit<TagResourceRequest, 'tags'> & { tags: Entry[] },
  caller: Caller,
): object {
  const found = findTagged(world, required(request.arn), caller);
  for (const { key, value } of request.tags) {
    if (!/^(?!aws:)[a-zA-Z0-9 _.:/=+\-@]{1,128}$/i.test(key))
      throw validation('A key of a tag is not allowed');
    if (value.length > 256) throw validation('The value of a tag can have at most 256 characters');
  }
  const tags = { ...found.tags, ...toMap(request.tags) };
  if (Object.keys(tags).length > mostTags) throw validation(`A resource can have at most ${mostTags} tags`);
  found.replace(tags);
  return {};
}

export function untagResource(world: World, request: UntagResourceRequest, caller: Caller): object {
  const found = findTagged(world, required(request.arn), caller);
  const gone = new Set(request.tagKeys);
  found.replace(Object.fromEntries(Object.entries(found.tags).filter(([key]) => !gone.has(key))));
  return {};
}
