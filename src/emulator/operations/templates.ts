import type {
  GetTemplateRequest,
  GetTemplateResponse,
  ListTemplatesRequest,
  ListTemplatesResponse,
  TagPropagationConfiguration,
} from '@aws-sdk/client-connectcases';
import { page } from '../model/paging';
import type { Caller, Template } from '../state/state';
import { definitionArn, described, findDefinition, findDomain, live, type World } from './world';

export function listTemplates(
  world: World,
  request: ListTemplatesRequest,
  caller: Caller,
): ListTemplatesResponse {
  const domain = findDomain(world, request.domainId);
  const wanted = live(domain.templates).filter(({ status }) => request.status?.includes(status) ?? true);
  const { entries, ...rest } = page('ListTemplates', wanted, request, 100);
  const templates = entries.map((template) => ({
    templateId: template.id,
    templateArn: definitionArn(caller, domain.id, 'templates', template.id),
    name: template.name,
    status: template.status,
    ...propagation(template),
  }));
  return { templates, ...rest };
}

const propagation = ({
  caseTags,
}: Template): { tagPropagationConfigurations?: TagPropagationConfiguration[] } =>
  caseTags ? { tagPropagationConfigurations: [{ resourceType: 'Cases', tagMap: caseTags }] } : {};

/** Fields that are deleted are left out. */
export function getTemplate(world: World, request: GetTemplateRequest, caller: Caller): GetTemplateResponse {
  const domain = findDomain(world, request.domainId);
  const template = findDefinition(domain, 'templates', request.templateId);
  const { id, status, requiredFields, layoutId, rules } = template;
  return {
    templateId: id,
    templateArn: definitionArn(caller, domain.id, 'templates', id),
    status,
    ...described(template),
    requiredFields: requiredFields
      .filter((fieldId) => !domain.fields.get(fieldId)?.deleted)
      .map((fieldId) => ({ fieldId })),
    ...(layoutId !== undefined && { layoutConfiguration: { defaultLayout: layoutId } }),
    ...(rules && { rules: [...rules] }),
    ...propagation(template),
  };
}
