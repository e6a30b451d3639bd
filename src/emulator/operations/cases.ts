import { randomUUID } from 'node:crypto';
import type {
  CreateCaseRequest,
  CreateCaseResponse,
  DeleteCaseRequest,
  FieldIdentifier,
  FieldValue,
  FieldValueUnion,
  GetCaseRequest,
  GetCaseResponse,
  UpdateCaseRequest,
} from '@aws-sdk/client-connectcases';
import { requireCustomer, requireUser } from '../auth/callers';
import { casesArn } from '../model/arn';
import { conflict, notFound, validation } from '../model/errors';
import { hasContent, knownField, requireFits } from '../model/field-values';
import { fingerprint, positionOf } from '../model/paging';
import { type Entry, toMap } from '../model/schema';
import { tokenKey } from '../state/changes';
import type { Caller, Case, CaseRecord, Domain, FieldChange, Template } from '../state/state';
import { findCase, findDomain, nextSequence, required, type World } from './world';

type Fields = Readonly<Record<string, FieldValueUnion>>;

export function getCase(world: World, request: GetCaseRequest): GetCaseResponse {
  const { domainId, templateId, fields, tags } = findCase(world, request.domainId, request.caseId);
  positionOf('GetCase', request);
  return {
    fields: selected(findDomain(world, domainId), fields, request.fields ?? []),
    templateId,
    tags,
  };
}

/** The values among `fields` that were asked for, each once. */
export function selected(domain: Domain, fields: Fields, wanted: readonly FieldIdentifier[]): FieldValue[] {
  const ids = wanted.map(({ id }, index) => knownField(domain, required(id), `fields[${index}].id`).id);
  return [...new Set(ids)].flatMap((id) => (fields[id] ? [{ id, value: fields[id] }] : []));
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

/** The same for two requests that ask for the same case, however they are written. */
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

/** The fields of a request by id. Throws where one can't be set to its value; `held` are those that the case has. */
function givenFields(
  world: World,
  domain: Domain,
  fields: readonly FieldValue[],
  caller: Caller,
  held: Fields = {},
): Fields {
  const given = new Map<string, FieldValueUnion>();
  fields.forEach(({ id = '', value }, index) => {
    const field = knownField(domain, id, `fields[${index}].id`);
    if (field.readOnly) throw validation(`Field '${id}' is set by the service`);
    if (field.deleted && !held[id]) throw validation(`Field '${id}' at 'fields[${index}].id' is deleted`);
    if (given.has(id)) throw validation(`Field '${id}' at 'fields[${index}].id' is given twice`);
    requireFits(field, required(value), `fields[${index}].value`);
    given.set(id, required(value));
  });
  requireCustomer(world, given.get('customer_id')?.stringValue, caller);
  return Object.fromEntries(given);
}

export function updateCase(world: World, request: UpdateCaseRequest, caller: Caller): object {
  const found = findCase(world, request.domainId, request.caseId);
  const domain = findDomain(world, found.domainId);
  requireUser(world, request.performedBy?.userArn, caller);
  const given = givenFields(world, domain, request.fields ?? [], caller, found.fields);
  if (given.status && !hasContent(given.status)) throw validation(`Field 'status' can't be empty`);
  if (Object.keys(given).length > 0) changeCase(world, found, given, request.performedBy, caller);
  return {};
}

/** Sets `given`, which fits; an empty value takes the field away. */
export function changeCase(
  world: World,
  found: Case,
  given: Fields,
  performedBy: UpdateCaseRequest['performedBy'],
  caller: Caller,
): void {
  const at = world.now();
  const time = { stringValue: new Date(at).toISOString() };
  const status = given.status?.stringValue;
  const closes = status === 'closed' && found.fields.status?.stringValue !== 'closed';
  const after: Fields = {
    ...given,
    last_updated_datetime: time,
    ...(closes && { last_closed_datetime: time }),
  };
  const metItems = found.items.filter(
    ({ metAt, content }) => metAt === undefined && targets(content.sla, status),
  );
  world.commit({
    kind: 'case-updated',
    caseId: found.id,
    ...(metItems.length > 0 && { metItems: metItems.map(({ id }) => id) }),
    event: {
      id: randomUUID(),
      type: 'Case.Updated',
      at,
      fields: Object.entries(after).map(([id, value]) => fieldChange(id, found.fields[id], value)),
      ...(performedBy && { performedBy }),
      principal: caller.principal,
    },
  });
}

const fieldChange = (id: string, before?: FieldValueUnion, after?: FieldValueUnion): FieldChange => ({
  id,
  ...(before && { before }),
  ...(after && !after.emptyValue && { after }),
});

/** Whether an SLA is met by `status`. */
export function targets(
  sla: Case['items'][number]['content']['sla'] | undefined,
  status: string | undefined,
): boolean {
  const wanted = sla?.slaInputConfiguration?.targetFieldValues ?? [];
  return status !== undefined && wanted.some(({ stringValue }) => stringValue === status);
}

export function deleteCase(world: World, request: DeleteCaseRequest): object {
  const { id, domainId } = findCase(world, request.domainId, request.caseId);
  world.commit({ kind: 'case-deleted', caseId: id, domainId });
  return {};
}
