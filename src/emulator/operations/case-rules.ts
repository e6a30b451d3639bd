import type {
  BatchGetCaseRuleRequest,
  BatchGetCaseRuleResponse,
  BooleanCondition,
  CaseRuleDetails,
  CaseRuleError,
  CreateCaseRuleRequest,
  CreateCaseRuleResponse,
  DeleteCaseRuleRequest,
  GetCaseRuleResponse,
  ListCaseRulesRequest,
  ListCaseRulesResponse,
  RuleType,
  UpdateCaseRuleRequest,
} from '@aws-sdk/client-connectcases';
import { validation } from '../model/errors';
import { page } from '../model/paging';
import type { Caller, CaseRule, Domain } from '../state/state';
import {
  definitionArn,
  definitionChange,
  deleteDefinition,
  described,
  findChangeable,
  live,
  newDefinition,
  redescribed,
} from './definitions';
import { findDomain, required, type World } from './world';

export function listCaseRules(
  world: World,
  request: ListCaseRulesRequest,
  caller: Caller,
): ListCaseRulesResponse {
  const domain = findDomain(world, request.domainId);
  const { entries, ...rest } = page('ListCaseRules', live(domain.rules), request, 100);
  const caseRules = entries.map(({ id, name, description, rule }) => ({
    caseRuleId: id,
    caseRuleArn: definitionArn(caller, domain.id, 'rules', id),
    name,
    ...(description !== undefined && { description }),
    ruleType: ruleType(rule),
  }));
  return { caseRules, ...rest };
}

function ruleType({ hidden, fieldOptions }: CaseRuleDetails): RuleType {
  if (hidden) return 'Hidden';
  return fieldOptions ? 'FieldOptions' : 'Required';
}

/** Deleted rules are answered, too; those that never were are errors of their own. */
export function batchGetCaseRule(
  world: World,
  request: BatchGetCaseRuleRequest,
  caller: Caller,
): BatchGetCaseRuleResponse {
  const domain = findDomain(world, request.domainId);
  const caseRules: GetCaseRuleResponse[] = [];
  const errors: CaseRuleError[] = [];
  for (const id of new Set(required(request.caseRules).map((rule) => required(rule.id)))) {
    const found = domain.rules.get(id);
    const caseRuleArn = definitionArn(caller, domain.id, 'rules', id);
    if (found) caseRules.push({ caseRuleId: id, caseRuleArn, rule: found.rule, ...described(found) });
    else errors.push({ id, errorCode: 'ResourceNotFoundException', message: `CaseRule not found: ${id}` });
  }
  return { caseRules, errors, unprocessedCaseRules: [] };
}

export function createCaseRule(
  world: World,
  request: CreateCaseRuleRequest,
  caller: Caller,
): CreateCaseRuleResponse {
  const domain = findDomain(world, request.domainId);
  const rule = required(request.rule);
  requireMeaning(domain, rule);
  const { name, description } = request;
  const entry: CaseRule = { ...newDefinition(world, domain, 'rules', { name, description }), rule };
  world.commit(definitionChange(domain, 'rules', entry));
  return { caseRuleId: entry.id, caseRuleArn: definitionArn(caller, domain.id, 'rules', entry.id) };
}

export function updateCaseRule(world: World, request: UpdateCaseRuleRequest): object {
  const domain = findDomain(world, request.domainId);
  const found = findChangeable(domain, 'rules', request.caseRuleId);
  const { name, description, rule } = request;
  if (rule) requireMeaning(domain, rule);
  const entry: CaseRule = {
    ...found,
    ...redescribed(world, domain, 'rules', found, { name, description }),
    ...(rule && { rule }),
  };
  world.commit(definitionChange(domain, 'rules', entry));
  return {};
}

export const deleteCaseRule = (world: World, request: DeleteCaseRuleRequest): object =>
  deleteDefinition(world, findDomain(world, request.domainId), 'rules', request.caseRuleId);

/** Throws where a rule is about fields that are not there. */
function requireMeaning(domain: Domain, { required: needed, hidden, fieldOptions }: CaseRuleDetails): void {
  for (const id of fieldsOf((needed ?? hidden)?.conditions ?? [])) requireField(domain, id);
  for (const id of [fieldOptions?.parentFieldId, fieldOptions?.childFieldId]) {
    if (id !== undefined && requireField(domain, id).type !== 'SingleSelect') {
      throw validation(`Field '${id}' at 'rule.fieldOptions' is not of type SingleSelect`);
    }
  }
}

function requireField(domain: Domain, id: string) {
  const field = domain.fields.get(id);
  if (!field || field.deleted) throw validation(`Field '${id}' at 'rule' does not exist in the domain`);
  return field;
}

function fieldsOf(conditions: readonly BooleanCondition[]): string[] {
  return conditions.flatMap(({ equalTo, notEqualTo, andAll, orAll }) => {
    const id = (equalTo ?? notEqualTo)?.operandOne?.fieldId;
    return id === undefined ? fieldsOf((andAll ?? orAll)?.conditions ?? []) : [id];
  });
}
