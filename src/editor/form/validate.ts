import { type Field, fieldsOf, type Property, type Secret } from '../../definition/definition';
import { check } from '../../model/check';
import { FieldId, FieldValueUnionStringValueString, UserArn, UserUnion } from '../../model/limits';
import type { Schema } from '../../model/schema';
import { configNodeOf, itemOf } from '../definitions';
import { readRows } from '../rows/row-list';
import { currentValue, holds, isEnvironment, isOpen } from './form';

type Verdict = true | string;

/** Whether the config node that a property names exists and is itself without mistakes. */
export function validateNode(node: EditorNode, name: string, value: unknown): Verdict {
  const chosen = typeof value === 'string' ? RED.nodes.node(value) : null;
  if (!chosen) return say(node, 'node', name);
  return chosen.valid !== false || say(node, 'node', name);
}

/** Whether the message has a property to put the ARN into. */
export const validateOutput = (node: EditorNode, name: string, value: unknown): Verdict =>
  value === undefined || String(value).trim() !== '' || say(node, 'missing', name);

/** True, or the reason why a property of a config node is wrong. */
export function validateText(node: EditorNode, name: string, value: unknown): Verdict {
  if (name === 'source') return validateSecrets(node);
  const property = configNodeOf(node.type)?.properties[name];
  const text = String(value ?? '').trim();
  if (!property || isEnvironment(text) || !matters(node, property)) return true;
  if (name === 'performedBy') return judge(node, name, performedBySchema(node), text);
  if (text === '' && property.optional) return true;
  if (text === property.word) return true;
  if (property.schema?.kind === 'double') return judge(node, name, property.schema, toNumber(text));
  return judge(node, name, property.schema, text);
}

/** The same for a secret in the open form, where a stored password is a place-holder. */
export function validateSecret(node: EditorNode, name: string, value: unknown): Verdict {
  const secret = configNodeOf(node.type)?.secrets?.[name];
  if (!secret || secret.optional || !matters(node, secret)) return true;
  return String(value ?? '').trim() !== '' || say(node, 'missing', name);
}

/** Node-RED marks a node for its properties only, so one answers for the secrets; nothing is known of them at first. */
function validateSecrets(node: EditorNode): Verdict {
  const stored = node.credentials;
  const names = Object.keys(configNodeOf(node.type)?.secrets ?? {});
  const verdicts = names.map((name) => {
    const value = isOpen(node) ? currentValue(node, name) : (stored?.[name] ?? stored?.[`has_${name}`]);
    return stored || isOpen(node) ? validateSecret(node, name, value || '') : true;
  });
  return verdicts.find((verdict) => verdict !== true) ?? true;
}

/** The same for a typed value of an item node: what is typed in is judged, what a message brings only at run time. */
export function validateValue(node: EditorNode, name: string, value: unknown): Verdict {
  const item = itemOf(node.type);
  const field: Field | undefined = item && fieldsOf(item)[name];
  if (field?.kind !== 'value' || value === undefined) return true;
  const text = String(value ?? '');
  const type = currentValue(node, `${name}Type`);
  if (name === 'performedBy' && !performedBySchema(node)) return true;
  if (type === 'rows') return validateRows(node);
  if (isEnvironment(text) || (text === '' && field.optional && name !== 'performedBy')) return true;
  if (type === 'str') return judge(node, name, performedBySchema(node, name) ?? field.schema, text);
  if (text.trim() === '') return say(node, 'missing', name);
  if (type === 'num') {
    const schema = field.schema?.kind === 'integer' ? field.schema : ({ kind: 'double' } as const);
    return judge(node, name, schema, toNumber(text));
  }
  return type !== 'json' || isJson(text) || say(node, 'json', name);
}

/** True, or why one row of the custom item's list can't be sent. */
export function validateRow(node: EditorNode, { id, value, valueType }: Row): Verdict {
  if (!isEnvironment(id)) {
    const verdict = judge(node, 'rowId', FieldId, id.trim());
    if (verdict !== true) return verdict;
  }
  if (isEnvironment(value)) return true;
  if (valueType === 'num') return judge(node, 'rowValue', { kind: 'double' }, toNumber(value));
  if (valueType === 'json') return isJson(value) || say(node, 'json', 'rowValue');
  if (valueType === 'userArn') return judge(node, 'rowValue', UserArn, value);
  if (valueType === 'str') return judge(node, 'rowValue', FieldValueUnionStringValueString, value);
  return valueType === 'bool' || value.trim() !== '' || say(node, 'missing', 'rowValue');
}

function validateRows(node: EditorNode): Verdict {
  const rows = isOpen(node) ? readRows() : (node.rows ?? []);
  if (rows.length === 0) return say(node, 'missing', 'fields');
  return rows.map((row) => validateRow(node, row)).find((verdict) => verdict !== true) ?? true;
}

function performedBySchema(node: EditorNode, name = 'performedBy'): Schema | undefined {
  if (name !== 'performedBy') return undefined;
  const kind = currentValue(node, 'performedByKind');
  return kind === 'userArn' || kind === 'customEntity' ? UserUnion[kind] : undefined;
}

const matters = (node: EditorNode, { when }: Property | Secret): boolean => !when || holds(node, when);

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
  const problem = check(schema, value);
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
