import type {
  BatchGetFieldRequest,
  BatchGetFieldResponse,
  FieldAttributes,
  FieldError,
  GetFieldResponse,
  ListFieldOptionsRequest,
  ListFieldOptionsResponse,
  ListFieldsRequest,
  ListFieldsResponse,
} from '@aws-sdk/client-connectcases';
import { page } from '../model/paging';
import type { Caller, Field } from '../state/state';
import { definitionArn, described, findDefinition, findDomain, live, required, type World } from './world';

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
