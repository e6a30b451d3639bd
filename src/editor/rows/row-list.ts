import type { ChecksField, Field, NamesField, RowsField } from '../../definition/field';
import { fieldsOf } from '../definitions';
import { inputOf, isOpen } from '../form/form';
import { idIn } from '../picking/named';

/** A property that a flow keeps as a list of case fields. */
export type ListField = RowsField | NamesField;

/** The lists of a node by their properties. */
export const listFields = (node: EditorNode): [name: string, field: ListField][] =>
  Object.entries(fieldsOf(node.type)).filter((entry): entry is [string, ListField] => isList(entry[1]));

const isList = ({ kind }: Field): boolean => kind === 'rows' || kind === 'names';

/** The list of a property in the open form; empty where the form has none. */
export const listOf = (node: EditorNode, name: string): JQuery => inputOf(node, `${name}-list`);

/** A row as its inputs have it; one of a list of names has no value. */
export function rowOf(container: JQuery): Row {
  const id = idIn(container.find('.connect-cases-id'));
  const value = container.find('.connect-cases-value');
  if (value.length === 0) return { id, value: '', valueType: 'str' };
  const operator = container.find('.connect-cases-operator');
  return {
    id,
    ...(operator.length > 0 && { operator: String(operator.val()) }),
    value: value.typedInput('value'),
    valueType: value.typedInput('type'),
  };
}

/** The rows of a list as the open form has them, but for blank ones; else as the flow has them. */
export function rowsOf(node: EditorNode, name: string, field: ListField): Row[] {
  const list = listOf(node, name);
  if (!isOpen(node) || list.length === 0) return storedRows(node, name, field);
  return list
    .editableList('items')
    .toArray()
    .map((element) => rowOf($(element)))
    .filter(({ id, value }) => id !== '' || value !== '');
}

/** The rows of a list as the flow has them. */
export function storedRows(node: EditorNode, name: string, field: ListField): Row[] {
  const stored = node[name] ?? node._def.defaults[name]?.value ?? [];
  if (!Array.isArray(stored)) return [];
  if (field.kind === 'names') return stored.map((id) => ({ id: String(id), value: '', valueType: 'str' }));
  return stored.map((row) => ({
    ...(field.operators && { operator: String(row.operator ?? field.operators[0]) }),
    id: String(row[field.key] ?? ''),
    value: String(row.value ?? ''),
    valueType: String(row.valueType ?? 'str'),
  }));
}

/** Rows as the flow keeps them. */
export const toStored = (rows: readonly Row[], field: ListField): unknown[] =>
  field.kind === 'names'
    ? rows.map(({ id }) => id)
    : rows.map(({ id, ...row }) => ({ [field.key]: id, ...row }));

/** The list that is part of a value field, whose type is then `rows`. */
export function listWithin(node: EditorNode, of: string): [name: string, field: RowsField] {
  for (const [name, field] of listFields(node)) {
    if (field.kind === 'rows' && field.of === of) return [name, field];
  }
  throw new Error(`${of} has no rows`);
}

/** The boxes of a property of which any number may be ticked. */
export const checksOf = (node: EditorNode, name: string): JQuery => listOf(node, name).find('input');

export const isChecks = (field: Field): field is ChecksField => field.kind === 'checks';
