import { createHash, randomUUID } from 'node:crypto';
import type {
  CreateCaseRequest,
  CreateCaseResponse,
  FieldIdentifier,
  FieldValueUnion,
  GetCaseRequest,
  GetCaseResponse,
  SearchCasesRequest,
  SearchCasesResponse,
  Sort,
} from '@aws-sdk/client-connectcases';
import { requireUser } from '../auth/callers';
import { casesArn, looksLikeArn, splitCaseId } from '../model/arn';
import { notFound, ServiceError, validation } from '../model/errors';
import { comparable, knownField, matches, requireFits, requireUsable } from '../model/field-values';
import { page } from '../model/paging';
import type { Caller, Case, Domain, World } from '../state/state';
import { findDomain } from './catalogue';

/** The case that a request names by id or ARN. Throws where the domain or the case does not exist. */
export function findCase(world: World, domainId: string | undefined, caseId: string | undefined): Case {
  const domain = findDomain(world, domainId);
  const named = splitCaseId(caseId as string);
  const found = world.state.cases.get(named.caseId);
  if (!found || (named.domainId ?? domain.id) !== domain.id) throw notFound('Case', caseId as string);
  return found;
}

export function getCase(world: World, request: GetCaseRequest): GetCaseResponse {
  const found = findCase(world, request.domainId, request.caseId);
  return {
    fields: selected(world.domain, found, request.fields ?? []),
    templateId: found.templateId,
    tags: found.tags,
  };
}

/** The values that the case has for the fields asked for. */
function selected(domain: Domain, { fields }: Case, wanted: readonly FieldIdentifier[]) {
  const ids = wanted.map(({ id }, index) => knownField(domain, id as string, `fields[${index}].id`).id);
  return ids.flatMap((id) => (fields[id] ? [{ id, value: fields[id] }] : []));
}

/** CreateCase with the map of tags read as a list. */
type CreateCase = Omit<CreateCaseRequest, 'tags'> & { tags?: { key: string; value: string }[] };

export function createCase(world: World, request: CreateCase, caller: Caller): CreateCaseResponse {
  const domain = findDomain(world, request.domainId);
  const { clientToken, ...meaning } = request;
  const fingerprint = createHash('sha256').update(JSON.stringify(meaning)).digest('base64');
  const earlier = clientToken ? world.state.clientTokens.get(clientToken) : undefined;
  if (earlier && earlier.request !== fingerprint) {
    throw new ServiceError('ConflictException', 'The client token was used before with other parameters');
  }
  const caseId = earlier?.caseId ?? openCase(world, request, caller).id;
  if (clientToken) world.state.clientTokens.set(clientToken, { caseId, request: fingerprint });
  return { caseId, caseArn: casesArn(caller, `domain/${domain.id}/case/${caseId}`) };
}

function openCase(world: World, request: CreateCase, caller: Caller): Case {
  const { domain, state } = world;
  const template = domain.templates.find(({ id }) => id === request.templateId);
  if (!template) throw notFound('Template', request.templateId as string);
  if (template.status !== 'Active') throw validation(`Template '${template.id}' is not active`);
  requireUser(world, request.performedBy?.userArn, caller);
  const given = givenFields(domain, request);
  for (const id of template.requiredFields) {
    if (!given[id] || given[id].emptyValue) throw validation(`Field '${id}' is required`);
  }
  if (given.customer_id && !looksLikeArn(given.customer_id.stringValue ?? '')) {
    throw validation(`Field 'customer_id' has to be the ARN of a customer profile`);
  }
  const createdAt = world.now();
  const opened: Case = {
    id: randomUUID(),
    templateId: template.id,
    createdAt,
    fields: {
      status: { stringValue: 'open' },
      ...given,
      reference_number: { stringValue: String(1001 + state.cases.size) },
      created_datetime: { stringValue: new Date(createdAt).toISOString() },
      last_updated_datetime: { stringValue: new Date(createdAt).toISOString() },
    },
    tags: Object.fromEntries((request.tags ?? []).map(({ key, value }) => [key, value])),
    items: [],
  };
  state.cases.set(opened.id, opened);
  world.changed({ kind: 'case', case: opened });
  return opened;
}

function givenFields(domain: Domain, request: CreateCase): Record<string, FieldValueUnion> {
  const given = new Map<string, FieldValueUnion>();
  (request.fields ?? []).forEach(({ id = '', value }, index) => {
    const field = knownField(domain, id, `fields[${index}].id`);
    if (field.readOnly) throw validation(`Field '${id}' is set by the service`);
    if (given.has(id)) throw validation(`Field '${id}' at 'fields[${index}].id' is given twice`);
    requireFits(field, value as FieldValueUnion, `fields[${index}].value`);
    given.set(id, value as FieldValueUnion);
  });
  return Object.fromEntries(given);
}

/** The newest case first unless the request sorts. */
export function searchCases(world: World, request: SearchCasesRequest): SearchCasesResponse {
  const domain = findDomain(world, request.domainId);
  const { filter, searchTerm = '', sorts = [] } = request;
  if (filter) requireUsable(domain, filter);
  for (const { fieldId } of sorts) knownField(domain, fieldId as string, 'sorts.fieldId');
  const visibleUntil = world.now() - world.lagSeconds * 1000;
  const found = [...world.state.cases.values()]
    .filter((entry) => entry.createdAt <= visibleUntil)
    .filter((entry) => !filter || matches(domain, filter, entry))
    .filter((entry) => mentions(entry, searchTerm))
    .sort((a, b) => ordered(domain, sorts, a, b));
  const { entries, ...rest } = page('cases', found, request, 25);
  const cases = entries.map((entry) => ({
    caseId: entry.id,
    templateId: entry.templateId,
    fields: selected(domain, entry, request.fields ?? []),
    tags: entry.tags,
  }));
  return { cases, totalCount: found.length, ...rest };
}

function mentions({ fields }: Case, term: string): boolean {
  const wanted = term.trim().toLowerCase();
  if (wanted === '') return true;
  return Object.values(fields).some(({ stringValue }) => stringValue?.toLowerCase().includes(wanted));
}

/** Cases without a value come last either way. */
function ordered(domain: Domain, sorts: readonly Sort[], a: Case, b: Case): number {
  for (const { fieldId = '', sortOrder } of sorts) {
    const type = domain.fields.get(fieldId)?.type;
    const [left, right] = [comparable(type, a.fields[fieldId]), comparable(type, b.fields[fieldId])];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right === (sortOrder === 'Asc') ? -1 : 1;
  }
  return b.createdAt - a.createdAt;
}
