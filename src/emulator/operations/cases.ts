import { randomUUID } from 'node:crypto';
import type {
  CreateCaseRequest,
  CreateCaseResponse,
  DeleteCaseRequest,
  GetCaseRequest,
  GetCaseResponse,
  UpdateCaseRequest,
} from '@aws-sdk/client-connectcases';
import { requireUser } from '../auth/callers';
import { casesArn } from '../model/arn';
import { conflict, notFound, validation } from '../model/errors';
import { hasContent } from '../model/field-values';
import { fingerprint, positionOf } from '../model/paging';
import { type Entry, toMap } from '../model/schema';
import { tokenKey } from '../state/changes';
import type { Caller, CaseRecord, Domain, Template } from '../state/state';
import { caseChange, type Fields, givenFields, selected } from './case-fields';
import { findCase, findChangeableCase, findDomain, nextSequence, required, type World } from './world';

export function getCase(world: World, request: GetCaseRequest): GetCaseResponse {
  const { domainId, templateId, fields, tags } = findCase(world, request.domainId, request.caseId);
  positionOf('GetCase', request);
  return {
    fields: selected(findDomain(world, domainId), fields, request.fields ?? []),
    templateId,
    tags,
  };
}

/** CreateCase with the map of tags read as a list. */
type CreateCase = Omit<CreateCaseRequest, 'tags'> & { tags?: Entry[] };

export function createCase(world: World, request: CreateCase, caller: Caller): CreateCaseResponse {
  const domain = findDomain(world, request.domainId);
  const { clientToken } = request;
  const meaning = clientToken ? meaningOf(request) : '';
  const earlier = clientToken ? world.state.clientTokens.get(tokenKey(domain.id, clientToken)) : undefined;
  if (earlier && earlier.request !== meaning) {
    throw conflict('The client token was used before with other parameters');
  }
  const caseId = earlier?.caseId ?? openCase(world, domain, request, caller, meaning);
  return { caseId, caseArn: casesArn(caller, `domain/${domain.id}/case/${caseId}`) };
}

/** Equal for requests that ask for the same case, however they are written. */
function meaningOf({ clientToken, fields = [], tags = [], ...rest }: CreateCase): string {
  const byId = [...fields].sort((a, b) => (required(a.id) < required(b.id) ? -1 : 1));
  return fingerprint({ ...rest, fields: byId, tags: toMap(tags) });
}

function openCase(
  world: World,
  domain: Domain,
  request: CreateCase,
  caller: Caller,
  meaning: string,
): string {
  const template = usableTemplate(domain, request.templateId);
  requireUser(world, request.performedBy?.userArn, caller);
  const given = givenFields(world, domain, request.fields ?? [], caller);
  for (const id of template.requiredFields) {
    if (!hasContent(given[id])) throw validation(`Field '${id}' is required by template '${template.id}'`);
  }
  const { clientToken, performedBy, tags } = request;
  const now = world.now();
  const time = { stringValue: new Date(now).toISOString() };
  const opened: CaseRecord = {
    id: randomUUID(),
    sequence: nextSequence(world),
    domainId: domain.id,
    templateId: template.id,
    createdAt: now,
    fields: {
      status: { stringValue: 'open' },
      ...withoutEmpty(given),
      reference_number: { stringValue: String(world.state.lastReference + 1) },
      created_datetime: time,
      last_updated_datetime: time,
    },
    tags: { ...template.caseTags, ...toMap(tags) },
    ...(performedBy && { performedBy }),
    principal: caller.principal,
  };
  world.commit({ kind: 'case', case: opened, ...(clientToken && { token: clientToken, request: meaning }) });
  return opened.id;
}

function usableTemplate(domain: Domain, templateId: string | undefined): Template {
  const template = domain.templates.get(required(templateId));
  if (!template || template.deleted) throw notFound('Template', required(templateId));
  if (template.status !== 'Active') throw validation(`Template '${template.id}' is not active`);
  return template;
}

const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !value.emptyValue));

export function updateCase(world: World, request: UpdateCaseRequest, caller: Caller): object {
  const found = findChangeableCase(world, request.domainId, request.caseId);
  const domain = findDomain(world, found.domainId);
  requireUser(world, request.performedBy?.userArn, caller);
  const given = givenFields(world, domain, request.fields ?? [], caller, found.fields);
  if (given.status && !hasContent(given.status)) throw validation(`Field 'status' can't be empty`);
  if (Object.keys(given).length > 0) {
    world.commit(caseChange(world, found, given, request.performedBy, caller));
  }
  return {};
}

export function deleteCase(world: World, request: DeleteCaseRequest): object {
  const { id, domainId } = findChangeableCase(world, request.domainId, request.caseId);
  for (const { primaryCaseId, isDone } of world.state.merges.values()) {
    if (primaryCaseId === id && !isDone) throw conflict(`Another case is being merged into case '${id}'`);
  }
  world.commit({ kind: 'case-deleted', caseId: id, domainId });
  return {};
}
