import type {
  CreateTemplateRequest,
  CreateTemplateResponse,
  DeleteTemplateRequest,
  GetTemplateRequest,
  GetTemplateResponse,
  ListTemplatesRequest,
  ListTemplatesResponse,
  TagPropagationConfiguration,
  UpdateTemplateRequest,
} from '@aws-sdk/client-connectcases';
import { validation } from '../model/errors';
import { page } from '../model/paging';
import { type Entry, toMap } from '../model/schema';
import type { Caller, Domain, Template } from '../state/state';
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

/** A request with its maps of tags read as lists. */
type Read<Request> = Omit<Request, 'tagPropagationConfigurations'> & {
  tagPropagationConfigurations?: { tagMap: Entry[] }[];
};

export function createTemplate(
  world: World,
  request: Read<CreateTemplateRequest>,
  caller: Caller,
): CreateTemplateResponse {
  const domain = findDomain(world, request.domainId);
  const { name, description } = request;
  const entry: Template = {
    ...newDefinition(world, domain, 'templates', { name, description }),
    status: 'Active',
    requiredFields: [],
    ...settings(domain, request),
  };
  world.commit(definitionChange(domain, 'templates', entry));
  return { templateId: entry.id, templateArn: definitionArn(caller, domain.id, 'templates', entry.id) };
}

/** What a request says of a template besides its name. Throws where that names what is not there. */
function settings(
  domain: Domain,
  request: Omit<Read<UpdateTemplateRequest>, 'templateId'>,
): Partial<Template> {
  const { layoutConfiguration, requiredFields, status, rules, tagPropagationConfigurations } = request;
  const fieldIds = requiredFields?.map(({ fieldId }) => required(fieldId));
  if (fieldIds) requireFields(domain, fieldIds, 'requiredFields');
  const layoutId = layoutConfiguration?.defaultLayout;
  const layout = layoutId === undefined ? undefined : domain.layouts.get(layoutId);
  if (layoutId !== undefined && (!layout || layout.deleted)) {
    throw validation(`Layout '${layoutId}' does not exist in the domain`);
  }
  for (const { caseRuleId } of rules ?? []) {
    const rule = domain.rules.get(required(caseRuleId));
    if (!rule || rule.deleted) throw validation(`Case rule '${caseRuleId}' does not exist in the domain`);
  }
  const [propagated] = tagPropagationConfigurations ?? [];
  return {
    ...(layoutId !== undefined && { layoutId }),
    ...(fieldIds && { requiredFields: fieldIds }),
    ...(status !== undefined && { status }),
    ...(rules && { rules }),
    ...(propagated && { caseTags: toMap(propagated.tagMap) }),
  };
}

export function updateTemplate(world: World, request: Read<UpdateTemplateRequest>): object {
  const domain = findDomain(world, request.domainId);
  const template = findChangeable(domain, 'templates', request.templateId);
  const { domainId, templateId, ...changes } = request;
  if (Object.keys(changes).length === 0) throw validation('At least one attribute has to be given');
  const { name, description } = request;
  const entry: Template = {
    ...template,
    ...settings(domain, request),
    ...redescribed(world, domain, 'templates', template, { name, description }),
  };
  world.commit(definitionChange(domain, 'templates', entry));
  return {};
}

export const deleteTemplate = (world: World, request: DeleteTemplateRequest): object =>
  deleteDefinition(world, findDomain(world, request.domainId), 'templates', request.templateId);
