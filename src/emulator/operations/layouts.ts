import type {
  BasicLayout,
  CreateLayoutRequest,
  CreateLayoutResponse,
  DeleteLayoutRequest,
  GetLayoutRequest,
  GetLayoutResponse,
  LayoutContent,
  LayoutSections,
  ListLayoutsRequest,
  ListLayoutsResponse,
  UpdateLayoutRequest,
} from '@aws-sdk/client-connectcases';
import { quotaExceeded, validation } from '../model/errors';
import { page } from '../model/paging';
import type { Caller, Domain, Layout } from '../state/state';
import {
  definitionArn,
  definitionChange,
  deleteDefinition,
  described,
  findChangeable,
  findDefinition,
  live,
  newDefinition,
  redescribed,
  requireFields,
} from './definitions';
import { findDomain, required, type World } from './world';

export function listLayouts(world: World, request: ListLayoutsRequest, caller: Caller): ListLayoutsResponse {
  const domain = findDomain(world, request.domainId);
  const { entries, ...rest } = page('ListLayouts', live(domain.layouts), request, 100);
  const layouts = entries.map(({ id, name }) => ({
    layoutId: id,
    layoutArn: definitionArn(caller, domain.id, 'layouts', id),
    name,
  }));
  return { layouts, ...rest };
}

/** Fields that are deleted are left out. */
export function getLayout(world: World, request: GetLayoutRequest, caller: Caller): GetLayoutResponse {
  const domain = findDomain(world, request.domainId);
  const layout = findDefinition(domain, 'layouts', request.layoutId);
  return {
    layoutId: layout.id,
    layoutArn: definitionArn(caller, domain.id, 'layouts', layout.id),
    content: withoutDeleted(domain, layout.content),
    ...described(layout),
  };
}

function withoutDeleted(domain: Domain, { basic }: LayoutContent): LayoutContent {
  const kept = ({ sections = [] }: LayoutSections): LayoutSections => ({
    sections: sections.map(({ fieldGroup }) => ({
      fieldGroup: {
        ...fieldGroup,
        fields: fieldGroup?.fields?.filter(({ id }) => !domain.fields.get(required(id))?.deleted),
      },
    })),
  });
  const panels: BasicLayout = {
    ...(basic?.topPanel && { topPanel: kept(basic.topPanel) }),
    ...(basic?.moreInfo && { moreInfo: kept(basic.moreInfo) }),
  };
  return { basic: panels };
}

/** Per layout (administrator guide, "service quotas"). */
const mostFields = 100;

/** Throws where a layout names fields that agents can't be shown in it. */
function requireShowable(domain: Domain, { basic }: LayoutContent): void {
  const sections = [...(basic?.topPanel?.sections ?? []), ...(basic?.moreInfo?.sections ?? [])];
  const ids = sections.flatMap(({ fieldGroup }) => fieldGroup?.fields?.map(({ id }) => required(id)) ?? []);
  requireFields(domain, ids, 'content.basic');
  const fixed = ids.find((id) => id === 'title' || id === 'status');
  if (fixed !== undefined) throw validation(`Field '${fixed}' can't be part of a layout`);
  if (ids.length > mostFields) throw quotaExceeded(`A layout can have at most ${mostFields} fields`);
}

export function createLayout(
  world: World,
  request: CreateLayoutRequest,
  caller: Caller,
): CreateLayoutResponse {
  const domain = findDomain(world, request.domainId);
  const content = required(request.content);
  requireShowable(domain, content);
  const entry: Layout = { ...newDefinition(world, domain, 'layouts', { name: request.name }), content };
  world.commit(definitionChange(domain, 'layouts', entry));
  return { layoutId: entry.id, layoutArn: definitionArn(caller, domain.id, 'layouts', entry.id) };
}

export function updateLayout(world: World, request: UpdateLayoutRequest): object {
  const domain = findDomain(world, request.domainId);
  const layout = findChangeable(domain, 'layouts', request.layoutId);
  const { name, content } = request;
  if (content) requireShowable(domain, content);
  const entry: Layout = {
    ...layout,
    ...redescribed(world, domain, 'layouts', layout, { name }),
    ...(content && { content }),
  };
  world.commit(definitionChange(domain, 'layouts', entry));
  return {};
}

export const deleteLayout = (world: World, request: DeleteLayoutRequest): object =>
  deleteDefinition(world, findDomain(world, request.domainId), 'layouts', request.layoutId);
