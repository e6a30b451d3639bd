import type {
  BasicLayout,
  GetLayoutRequest,
  GetLayoutResponse,
  LayoutContent,
  LayoutSections,
  ListLayoutsRequest,
  ListLayoutsResponse,
} from '@aws-sdk/client-connectcases';
import { page } from '../model/paging';
import type { Caller, Domain } from '../state/state';
import { definitionArn, described, findDefinition, findDomain, live, required, type World } from './world';

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
