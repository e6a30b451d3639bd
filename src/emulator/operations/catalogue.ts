import type {
  GetDomainRequest,
  GetDomainResponse,
  ListDomainsRequest,
  ListDomainsResponse,
  ListFieldOptionsRequest,
  ListFieldOptionsResponse,
  ListFieldsRequest,
  ListFieldsResponse,
  ListTemplatesRequest,
  ListTemplatesResponse,
} from '@aws-sdk/client-connectcases';
import { casesArn } from '../model/arn';
import { notFound } from '../model/errors';
import { page } from '../model/paging';
import type { Caller, Domain, World } from '../state/state';

const required = <T>(value: T | undefined): T => value as T;

/** The domain with this id. Throws where it is not the one of this service. */
export function findDomain({ domain }: World, domainId: string | undefined): Domain {
  if (domainId !== domain.id) throw notFound('Domain', required(domainId));
  return domain;
}

export function listDomains(world: World, request: ListDomainsRequest, caller: Caller): ListDomainsResponse {
  const { entries, ...rest } = page('domains', [world.domain], request, 10);
  const domains = entries.map(({ id, name }) => ({
    domainId: id,
    domainArn: casesArn(caller, `domain/${id}`),
    name,
  }));
  return { domains, ...rest };
}

export function getDomain(world: World, request: GetDomainRequest, caller: Caller): GetDomainResponse {
  const { id, name, createdAt } = findDomain(world, request.domainId);
  return {
    domainId: id,
    domainArn: casesArn(caller, `domain/${id}`),
    name,
    createdTime: new Date(createdAt),
    domainStatus: 'Active',
    tags: {},
  };
}

export function listFields(world: World, request: ListFieldsRequest, caller: Caller): ListFieldsResponse {
  const domain = findDomain(world, request.domainId);
  const { entries, ...rest } = page('fields', [...domain.fields.values()], request, 100);
  const fields = entries.map(({ id, name, type, namespace, multiline }) => ({
    fieldId: id,
    fieldArn: casesArn(caller, `domain/${domain.id}/field/${id}`),
    name,
    type,
    namespace,
    ...(multiline !== undefined && { attributes: { text: { isMultiline: multiline } } }),
  }));
  return { fields, ...rest };
}

export function listFieldOptions(world: World, request: ListFieldOptionsRequest): ListFieldOptionsResponse {
  const fieldId = required(request.fieldId);
  const field = findDomain(world, request.domainId).fields.get(fieldId);
  if (!field) throw notFound('Field', fieldId);
  const options = (field.options ?? []).filter(
    ({ value }) => request.values?.includes(required(value)) ?? true,
  );
  const { entries, ...rest } = page(`options/${fieldId}`, options, request, 100);
  return { options: entries, ...rest };
}

export function listTemplates(
  world: World,
  request: ListTemplatesRequest,
  caller: Caller,
): ListTemplatesResponse {
  const domain = findDomain(world, request.domainId);
  const wanted = domain.templates.filter(({ status }) => request.status?.includes(status) ?? true);
  const { entries, ...rest } = page('templates', wanted, request, 100);
  const templates = entries.map(({ id, name, status }) => ({
    templateId: id,
    templateArn: casesArn(caller, `domain/${domain.id}/template/${id}`),
    name,
    status,
  }));
  return { templates, ...rest };
}
