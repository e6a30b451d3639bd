import { randomUUID } from 'node:crypto';
import type {
  CreateDomainRequest,
  CreateDomainResponse,
  DeleteDomainRequest,
  GetCaseEventConfigurationRequest,
  GetCaseEventConfigurationResponse,
  GetDomainRequest,
  GetDomainResponse,
  ListDomainsRequest,
  ListDomainsResponse,
  PutCaseEventConfigurationRequest,
} from '@aws-sdk/client-connectcases';
import { casesArn } from '../model/arn';
import { conflict, quotaExceeded } from '../model/errors';
import { page } from '../model/paging';
import type { Caller } from '../state/state';
import { systemFields } from '../state/system-fields';
import { requireFields } from './definitions';
import { findDomain, required, type World } from './world';

/** Per account and Region (administrator guide, "service quotas"). */
const mostDomains = 5;

export function listDomains(world: World, request: ListDomainsRequest, caller: Caller): ListDomainsResponse {
  const { entries, ...rest } = page('ListDomains', [...world.state.domains.values()], request, 10);
  const domains = entries.map(({ id, name }) => ({
    domainId: id,
    domainArn: casesArn(caller, `domain/${id}`),
    name,
  }));
  return { domains, ...rest };
}

export function getDomain(world: World, request: GetDomainRequest, caller: Caller): GetDomainResponse {
  const { id, name, createdAt, tags } = findDomain(world, request.domainId);
  return {
    domainId: id,
    domainArn: casesArn(caller, `domain/${id}`),
    name,
    createdTime: new Date(createdAt),
    domainStatus: 'Active',
    tags,
  };
}

/** A domain with the system's fields and nothing else; it can be used at once. */
export function createDomain(
  world: World,
  request: CreateDomainRequest,
  caller: Caller,
): CreateDomainResponse {
  const name = required(request.name);
  const domains = [...world.state.domains.values()];
  if (domains.some((domain) => domain.name === name)) throw conflict(`The name '${name}' is taken`);
  if (domains.length >= mostDomains) {
    throw quotaExceeded(`The account has ${mostDomains} domains, the most that it can have`);
  }
  const domainId = randomUUID();
  const createdAt = world.now();
  const fields = systemFields.map((field) => ({ ...field, createdAt, modifiedAt: createdAt }));
  world.commit({
    kind: 'all',
    changes: [
      { kind: 'domain', domain: { id: domainId, name, createdAt, tags: {} } },
      ...fields.map((entry) => ({ kind: 'fields', domainId, entry }) as const),
    ],
  });
  return { domainId, domainArn: casesArn(caller, `domain/${domainId}`), domainStatus: 'Active' };
}

export function deleteDomain(world: World, request: DeleteDomainRequest): object {
  const { id } = findDomain(world, request.domainId);
  world.commit({ kind: 'domain-deleted', domainId: id });
  return {};
}

export function getCaseEventConfiguration(
  world: World,
  request: GetCaseEventConfigurationRequest,
): GetCaseEventConfigurationResponse {
  const { events = { enabled: false }, fields } = findDomain(world, request.domainId);
  const { caseData, ...data } = events.includedData ?? {};
  if (!caseData) return { eventBridge: events };
  const kept = caseData.fields?.filter(({ id }) => !fields.get(required(id))?.deleted);
  return { eventBridge: { ...events, includedData: { ...data, caseData: { fields: kept } } } };
}

export function putCaseEventConfiguration(world: World, request: PutCaseEventConfigurationRequest): object {
  const domain = findDomain(world, request.domainId);
  const events = required(request.eventBridge);
  const named = events.includedData?.caseData?.fields ?? [];
  requireFields(
    domain,
    named.map(({ id }) => required(id)),
    'eventBridge.includedData.caseData.fields',
  );
  const { fields, templates, layouts, rules, ...record } = domain;
  world.commit({ kind: 'domain', domain: { ...record, events } });
  return {};
}
