/** Operations on several cases at once, from the documents alone. */
import type { FieldValueUnion, RelatedItemInputContent, UserUnion } from '@aws-sdk/client-connectcases';
import { requireUser } from '../auth/callers';
import { conflict, notFound, ServiceError, type ServiceErrorCode, validation } from '../model/errors';
import { hasContent } from '../model/field-values';
import { fingerprint } from '../model/paging';
import type { Change } from '../state/change';
import { tokenKey } from '../state/changes';
import type { Caller, Case, Domain } from '../state/state';
import { caseChange, type Fields, givenFields } from './case-fields';
import { requireRoom } from './item-rules';
import { itemArn, newItem } from './related-items';
import { findChangeableCase, findDomain, nextSequence, type World } from './world';

type CaseIdentifier = { readonly caseId?: string; readonly referenceId?: string };
interface SeveralCases {
  readonly domainId: string;
  readonly cases: readonly { readonly caseIdentifier: CaseIdentifier }[];
  readonly performedBy?: UserUnion;
  readonly clientToken?: string;
}

/** What is done to one case: the change, and what is told of it. */
interface Done {
  readonly change: Change;
  readonly told: object;
}

const codes: Partial<Record<ServiceErrorCode, string>> = {
  ResourceNotFoundException: 'CASE_NOT_FOUND',
  ValidationException: 'VALIDATION_ERROR',
  ConflictException: 'CONFLICT',
  AccessDeniedException: 'ACCESS_DENIED',
  ServiceQuotaExceededException: 'SERVICE_QUOTA_EXCEEDED',
};

/**
 * Does `work` for each case by itself, and all that can be done together. A repetition with the same token gets the same
 * answer.
 */
function forEachCase(
  world: World,
  operation: string,
  request: SeveralCases,
  work: (found: Case, index: number) => Done,
): { done: readonly object[]; failed: readonly object[] } {
  const domain = findDomain(world, request.domainId);
  const { clientToken, ...rest } = request;
  const meaning = fingerprint({ operation, ...rest });
  const token = clientToken && `${operation} ${clientToken}`;
  const earlier = token ? world.state.clientTokens.get(tokenKey(domain.id, token)) : undefined;
  if (earlier && earlier.request !== meaning) {
    throw conflict('The client token was used before with other parameters');
  }
  if (earlier?.answer) return earlier.answer as ReturnType<typeof forEachCase>;

  const changes: Change[] = [];
  const answer = { done: [] as object[], failed: [] as object[] };
  for (const [index, caseId] of caseIdsOf(world, domain, request).entries()) {
    try {
      const found = findChangeableCase(world, domain.id, caseId);
      const { change, told } = work(found, index);
      changes.push(change);
      answer.done.push({ caseIdentifier: identifierOf(found), ...told });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const errorCode = codes[error.code] ?? 'INTERNAL_ERROR';
      answer.failed.push({ caseIdentifier: { caseId }, errorCode, errorMessage: error.message });
    }
  }
  const used: Change[] = token
    ? [{ kind: 'token', domainId: domain.id, token, request: meaning, answer }]
    : [];
  world.commit({ kind: 'all', changes: [...changes, ...used] });
  return answer;
}

/** The documents don't say how a case gets its reference id; here it is the reference number. */
const referenceOf = ({ fields }: Case): string => fields.reference_number?.stringValue ?? '';

const identifierOf = (found: Case) => ({ caseId: found.id, referenceId: referenceOf(found) });

/** The ids of the cases, of which those given as such may not exist. Throws where one comes twice. */
function caseIdsOf(world: World, domain: Domain, { cases }: SeveralCases): string[] {
  const ids = cases.map(({ caseIdentifier: { caseId, referenceId = '' } }) => {
    if (caseId !== undefined) return caseId;
    for (const found of world.state.cases.values()) {
      const isIt = referenceOf(found).toLowerCase() === referenceId.toLowerCase();
      if (found.domainId === domain.id && isIt) return found.id;
    }
    throw notFound('Case', referenceId);
  });
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw validation(`Case '${twice}' is given twice`);
  return ids;
}

type BatchCreateRelatedItem = SeveralCases & { readonly content: RelatedItemInputContent };

export function batchCreateRelatedItem(
  world: World,
  request: BatchCreateRelatedItem,
  caller: Caller,
): object {
  const { content, performedBy } = request;
  if (!content.comment) throw validation(`The content has to be 'comment'`);
  requireUser(world, performedBy?.userArn, caller);
  const given = { type: 'Comment', content, ...(performedBy && { performedBy }) } as const;
  const first = nextSequence(world);
  const { done, failed } = forEachCase(world, 'BatchCreateRelatedItem', request, (found, index) => {
    requireRoom(world, found, 'Comment');
    const item = newItem(world, found, given, caller, first + index);
    return {
      change: { kind: 'item', caseId: found.id, item },
      told: { relatedItemArn: itemArn(found, item.id, caller), relatedItemId: item.id },
    };
  });
  return { successfulItems: done, failedItems: failed };
}

type BatchUpdateCase = SeveralCases & {
  readonly fields?: readonly {
    readonly fieldIdentifier: { readonly id?: string; readonly name?: string };
    readonly value: FieldValueUnion;
  }[];
  readonly title?: string;
  readonly status?: string;
  readonly customerId?: string;
};

export function batchUpdateCase(world: World, request: BatchUpdateCase, caller: Caller): object {
  const domain = findDomain(world, request.domainId);
  requireUser(world, request.performedBy?.userArn, caller);
  const given = updatesOf(world, domain, request, caller);
  const { done, failed } = forEachCase(world, 'BatchUpdateCase', request, (found) => ({
    change: caseChange(world, found, given, request.performedBy, caller),
    told: {},
  }));
  return { successfulCases: done, failedCases: failed };
}

/** What is set on every case. Throws, for the whole request, where that can't be. */
function updatesOf(world: World, domain: Domain, request: BatchUpdateCase, caller: Caller): Fields {
  const { title, status, customerId, fields = [] } = request;
  const named = fields.map(({ fieldIdentifier, value }) => ({
    id: fieldIdOf(domain, fieldIdentifier),
    value,
  }));
  const own = named.find(({ id }) => ['title', 'status', 'customer_id'].includes(id));
  if (own) throw validation(`Field '${own.id}' has a member of its own and can't be among 'fields'`);
  const members = { title, status, customer_id: customerId };
  const set = Object.entries(members).flatMap(([id, stringValue]) =>
    stringValue === undefined ? [] : [{ id, value: { stringValue } }],
  );
  const given = givenFields(world, domain, [...named, ...set], caller);
  if (Object.keys(given).length === 0) throw validation('There is nothing to update');
  if (given.title && !hasContent(given.title)) throw validation(`Field 'title' can't be empty`);
  return given;
}

function fieldIdOf(
  domain: Domain,
  { id, name = '' }: { readonly id?: string; readonly name?: string },
): string {
  if (id !== undefined) return id;
  if (/[|,]/.test(name)) throw validation(`A field can't be named by a name with '|' or ','`);
  const found = [...domain.fields.values()].find((field) => field.name === name && !field.deleted);
  if (!found) throw validation(`Field '${name}' does not exist in the domain`);
  return found.id;
}
