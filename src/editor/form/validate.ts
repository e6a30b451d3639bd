import type { Field, NamesField, NodeField, RowsField, TextField, ValueField } from '../../definition/field';
import { check } from '../../model/check';
import { illegible, tidy } from '../../model/legible';
import { FieldId, FieldValueUnionStringValueString, UserArn } from '../../model/limits';
import type { Schema } from '../../model/schema';
import { configNodeOf, fieldsOf } from '../definitions';
import { isAbsent } from '../picking/account-names';
import { missingInPlace, typedInPlace } from '../picking/in-place';
import { listWithin, rowsOf } from '../rows/row-list';
import { currentValue, holds, isEnvironment, isOpen } from './form';

type Verdict = true | string;

/** True, or the reason why a property is wrong. */
export function validate(node: EditorNode, name: string, value: unknown): Verdict {
  const field = fieldsOf(node.type)[name];
  if (!field || !matters(node, field)) return true;
  switch (field.kind) {
    case 'value':
      return validateValue(node, name, field, value);
    case 'text':
      return validateText(node, name, field, String(value ?? field.default).trim());
    case 'node':
      return validateNode(node, name, field, value);
    case 'choice':
    case 'flag':
    case 'checks':
    case 'outputs':
      return true;
    case 'names':
      return validateNames(node, name, field);
    case 'rows':
      return field.of || field.optional ? true : validateRows(node, name, field);
  }
}

/** Whether a property has a reason to be judged at all. */
export function canBeWrong(type: string, name: string): boolean {
  const field = fieldsOf(type)[name];
  if (field?.kind === 'rows') return field.of === undefined && !field.optional;
  if (field?.kind === 'names') return field.size !== undefined;
  return name !== 'name' && (field?.kind === 'value' || field?.kind === 'text' || field?.kind === 'node');
}

/** Whether the config node that a property names exists and is itself without mistakes. */
function validateNode(node: EditorNode, name: string, { inPlace }: NodeField, value: unknown): Verdict {
  if (isEnvironment(String(value))) return true;
  const chosen = typeof value === 'string' ? RED.nodes.node(value) : null;
  if (inPlace && typedInPlace(node)) {
    const missing = missingInPlace(node);
    return missing === undefined || say(node, 'missing', missing);
  }
  return (chosen && chosen.valid !== false) || say(node, 'node', name);
}

function validateText(node: EditorNode, name: string, field: TextField, text: string): Verdict {
  if (isEnvironment(text) || (text === '' && field.optional) || text === field.word) return true;
  if (text !== '' && field.isProperty && !RED.utils.validatePropertyExpression(text)) {
    return say(node, 'output', name);
  }
  const schema = schemaOf(node, field);
  const isNumber = schema?.kind === 'double' || schema?.kind === 'integer';
  const verdict = judge(node, name, schema, isNumber ? toNumber(text) : text);
  return verdict === true ? judgeName(node, name, field, text) : verdict;
}

/** What is picked by name has to be an id or a name. */
function judgeName(node: EditorNode, name: string, { pick }: TextField | ValueField, text: string): Verdict {
  const isId = (pick !== 'cases' && pick !== 'domains') || !/\s/.test(text);
  return !pick || (isId && !isAbsent(node, pick, text)) || say(node, 'absent', name);
}

/** What is typed in is judged; of what a message brings, whether it can be found there. */
function validateValue(node: EditorNode, name: string, field: ValueField, value: unknown): Verdict {
  const text = String(value ?? field.default);
  const type = currentValue(node, `${name}Type`);
  if (type === 'rows') return validateRows(node, ...listWithin(node, name));
  if (isEnvironment(text) || (text === '' && field.optional)) return true;
  const schema = schemaOf(node, field);
  if (type === 'str') {
    const verdict = judge(node, name, schema, text);
    return verdict === true ? judgeName(node, name, field, text) : verdict;
  }
  return validateTyped(
    node,
    name,
    String(type),
    text,
    schema?.kind === 'integer' ? schema : { kind: 'double' },
  );
}

/** Anything but a text: a number, JSON, or a source, of which Node-RED itself says in words what is wrong. */
function validateTyped(
  node: EditorNode,
  name: string,
  type: string,
  text: string,
  number: Schema = { kind: 'double' },
): Verdict {
  if (text.trim() === '') return say(node, 'missing', name);
  if (type === 'num') return judge(node, name, number, toNumber(text));
  if (type === 'json') return isJson(text) || say(node, 'json', name);
  const { key } = RED.utils.parseContextKey(text);
  return RED.utils.validateTypedProperty(key, type, { label: node._(`field.${name}`) });
}

/** Whether a secret is wrong in the open form, where a stored password is a place-holder. */
export function validateSecret(node: EditorNode, name: string, value: unknown): Verdict {
  const secret = configNodeOf(node.type)?.secrets?.[name];
  if (!secret || secret.optional || !matters(node, secret)) return true;
  return String(value ?? '').trim() !== '' || say(node, 'missing', name);
}

/** The first wrong secret of a node; nothing is known of them before its form was open. */
export function validateSecrets(node: EditorNode): Verdict {
  const stored = node.credentials;
  const names = Object.keys(configNodeOf(node.type)?.secrets ?? {});
  const verdicts = names.map((name) => {
    const value = isOpen(node) ? currentValue(node, name) : (stored?.[name] ?? stored?.[`has_${name}`]);
    return stored || isOpen(node) ? validateSecret(node, name, value || '') : true;
  });
  return verdicts.find((verdict) => verdict !== true) ?? true;
}

/** True, or why one row of a list can't be sent. */
export function validateRow(
  node: EditorNode,
  { id, value, valueType }: Row,
  offers: RowsField['offers'],
): Verdict {
  if (!isEnvironment(id)) {
    const verdict = judge(node, 'rowId', FieldId, id.trim());
    if (verdict !== true) return verdict;
    if (isAbsent(node, offers, id)) return say(node, 'absent', 'rowId');
  }
  if (isEnvironment(value)) return true;
  if (valueType === 'userArn') return judge(node, 'rowValue', UserArn, value);
  if (valueType === 'str' && value !== '') {
    return judge(node, 'rowValue', FieldValueUnionStringValueString, value);
  }
  return validateTyped(node, 'rowValue', valueType, value);
}

function validateRows(node: EditorNode, name: string, field: RowsField): Verdict {
  const rows = rowsOf(node, name, field);
  if (rows.length === 0) return say(node, 'missing', field.of ?? name);
  return rows.map((row) => validateRow(node, row, field.offers)).find((verdict) => verdict !== true) ?? true;
}

/** Where none is listed, the node says which. */
function validateNames(node: EditorNode, name: string, field: NamesField): Verdict {
  const got = rowsOf(node, name, field).length;
  const { min = 0, max = Number.POSITIVE_INFINITY } = field.size ?? {};
  return got === 0 || (got >= min && got <= max) || say(node, 'items', name, { got, min, max });
}

/** What the value has to satisfy as the other properties are now. */
function schemaOf(node: EditorNode, { schema }: ValueField | TextField): Schema | undefined {
  return schema?.kind === 'by' ? schema.schemas[String(currentValue(node, schema.property))] : schema;
}

const matters = (node: EditorNode, { when }: Pick<Field, 'when'>): boolean => !when || holds(node, when);

/** Not a number for what only starts with one, and for nothing. */
const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function judge(node: EditorNode, name: string, schema: Schema | undefined, value: string | number): Verdict {
  if (!schema) return true;
  if (value === '' && (schema.kind !== 'string' || (schema.min ?? 0) > 0)) return say(node, 'missing', name);
  if (Number.isNaN(value)) return say(node, 'number', name);
  const tidied = tidy(schema, value);
  const problem = check(schema, tidied) ?? illegible(schema, tidied);
  return !problem || say(node, problem.rule, name, problem.params);
}

const say = (
  node: EditorNode,
  rule: string,
  name: string,
  params: Readonly<Record<string, string | number>> = {},
): string =>
  node._(`problem.${rule}`, {
    ...params,
    path: node._(`field.${name}`),
    expected: node._(`kind.${params.expected}`),
  });
