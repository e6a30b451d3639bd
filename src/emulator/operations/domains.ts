import type {
  GetDomainRequest,
  GetDomainResponse,
  ListDomainsRequest,
  ListDomainsResponse,
} from '@aws-sdk/client-connectcases';
import { casesArn } from '../model/arn';
import { page } from '../model/paging';
import type { Caller } from '../state/state';
import { findDomain, type World } from './world';

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
