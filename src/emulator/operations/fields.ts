import type {
  BatchGetFieldRequest,
  BatchGetFieldResponse,
  BatchPutFieldOptionsRequest,
  BatchPutFieldOptionsResponse,
  CreateFieldRequest,
  CreateFieldResponse,
  DeleteFieldRequest,
  FieldAttributes,
  FieldError,
  FieldOption,
  FieldOptionError,
  GetFieldResponse,
  ListFieldOptionsRequest,
  ListFieldOptionsResponse,
  ListFieldsRequest,
  ListFieldsResponse,
  UpdateFieldRequest,
} from '@aws-sdk/client-connectcases';
import { quotaExceeded, validation } from '../model/errors';
import { page } from '../model/paging';
import type { Caller, Domain, Field } from '../state/state';
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
} from './definitions';
import { findDomain, required, type World } from './world';

export function listFields(world: World, request: ListFieldsRequest, caller: Caller): ListFieldsResponse {
  const domain = findDomain(world, request.domainId);
  const { entries, ...rest } = page('ListFields', live(domain.fields), request, 100);
  const fields = entries.map((field) => ({
    fieldId: field.id,
    fieldArn: definitionArn(caller, domain.id, 'fields', field.id),
    name: field.name,
    type: field.type,
    namespace: field.namespace,
    ...attributesOf(field),
  }));
  return { fields, ...rest };
}

const attributesOf = ({ multiline }: Field): { attributes?: FieldAttributes } =>
  multiline === undefined ? {} : { attributes: { text: { isMultiline: multiline } } };

/** Deleted fields are answered, too; those that never were are errors of their own. */
export function batchGetField(
  world: World,
  request: BatchGetFieldRequest,
  caller: Caller,
): BatchGetFieldResponse {
  const domain = findDomain(world, request.domainId);
  const fields: GetFieldResponse[] = [];
  const errors: FieldError[] = [];
  for (const id of new Set(required(request.fields).map((field) => required(field.id)))) {
    const field = domain.fields.get(id);
    if (field) {
      fields.push({
        fieldId: id,
        fieldArn: definitionArn(caller, domain.id, 'fields', id),
        type: field.type,
        namespace: field.namespace,
        ...described(field),
        ...attributesOf(field),
      });
    } else {
      errors.push({ id, errorCode: 'ResourceNotFoundException', message: `Field not found: ${id}` });
    }
  }
  return { fields, errors };
}

export function listFieldOptions(world: World, request: ListFieldOptionsRequest): ListFieldOptionsResponse {
  const domain = findDomain(world, request.domainId);
  const { options = [] } = findDefinition(domain, 'fields', request.fieldId);
  const wanted = options.filter(({ value }) => request.values?.includes(required(value)) ?? true);
  const identified = wanted.map((option) => ({ id: required(option.value), option }));
  const { entries, ...rest } = page('ListFieldOptions', identified, request, 100);
  return { options: entries.map(({ option }) => option), ...rest };
}

/** Longest texts in characters (API reference: a single line, several lines). */
const longest = { line: 500, lines: 4100 } as const;

export function createField(world: World, request: CreateFieldRequest, caller: Caller): CreateFieldResponse {
  const domain = findDomain(world, request.domainId);
  const type = required(request.type);
  requireTextFor(request.attributes, type);
  const { name, description } = request;
  const entry: Field = {
    ...newDefinition(world, domain, 'fields', { name, description }),
    type,
    namespace: 'Custom',
    ...(type === 'Text' && textRules(request.attributes?.text?.isMultiline ?? false)),
    ...(type === 'Url' && { maxLength: longest.line }),
  };
  world.commit(definitionChange(domain, 'fields', entry));
  return { fieldId: entry.id, fieldArn: definitionArn(caller, domain.id, 'fields', entry.id) };
}

const textRules = (multiline: boolean) => ({
  multiline,
  maxLength: multiline ? longest.lines : longest.line,
});

function requireTextFor(attributes: FieldAttributes | undefined, type: Field['type']): void {
  if (attributes && type !== 'Text') throw validation(`A field of type ${type} has no attributes of text`);
}

export function updateField(world: World, request: UpdateFieldRequest): object {
  const domain = findDomain(world, request.domainId);
  const field = findCustom(domain, request.fieldId);
  const { name, description, attributes } = request;
  requireTextFor(attributes, field.type);
  const entry: Field = {
    ...field,
    ...redescribed(world, domain, 'fields', field, { name, description }),
    ...(attributes?.text && textRules(required(attributes.text.isMultiline))),
  };
  world.commit(definitionChange(domain, 'fields', entry));
  return {};
}

function findCustom(domain: Domain, fieldId: string | undefined): Field {
  const field = findChangeable(domain, 'fields', fieldId);
  if (field.namespace === 'System') throw validation(`Field '${field.id}' is a system field`);
  return field;
}

export function deleteField(world: World, request: DeleteFieldRequest): object {
  const domain = findDomain(world, request.domainId);
  const { namespace, id } = findDefinition(domain, 'fields', request.fieldId);
  if (namespace === 'System') throw validation(`Field '${id}' is a system field`);
  return deleteDefinition(world, domain, 'fields', id);
}

/** Per field (administrator guide, "service quotas"). */
const mostOptions = 500;

/** Options are known by their value: those that are there are changed, the others are added. */
export function batchPutFieldOptions(
  world: World,
  request: BatchPutFieldOptionsRequest,
): BatchPutFieldOptionsResponse {
  const domain = findDomain(world, request.domainId);
  const field = findChangeable(domain, 'fields', request.fieldId);
  if (field.type !== 'SingleSelect') throw validation(`Field '${field.id}' is not of type SingleSelect`);
  if (field.id === 'status') throw validation(`The options of field 'status' are set by the service`);
  const options = new Map<string, FieldOption>(
    field.options?.map((option) => [required(option.value), option]),
  );
  const errors: FieldOptionError[] = [];
  for (const option of required(request.options)) {
    const value = required(option.value);
    if (/^[\w-]+$/.test(value)) options.set(value, option);
    else {
      const message = 'The value has to be made of letters, digits, hyphens and underscores';
      errors.push({ value, errorCode: 'ValidationException', message });
    }
  }
  if (options.size > mostOptions) throw quotaExceeded(`A field can have at most ${mostOptions} options`);
  const entry: Field = { ...field, options: [...options.values()], modifiedAt: world.now() };
  world.commit(definitionChange(domain, 'fields', entry));
  return { errors };
}
