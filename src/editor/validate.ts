import { check, type Schema } from '../schema';

interface Rule {
  readonly name: string;
  readonly optional?: boolean;
  readonly schema?: Schema;
}

/** True, or the reason why a property is wrong; what a message brings is judged at run time. */
export function validateText(node: EditorNode, rule: Rule, value: unknown, _opt?: unknown): true | string {
  const text = String(value ?? '');
  if (!rule.schema || isEnvironment(text)) return true;
  return reasonOf(node, rule, text);
}

/** The same for a typed value: only what is typed in is judged, and a source that is blank. */
export function validateValue(node: EditorNode, rule: Rule, value: unknown, _opt?: unknown): true | string {
  const text = String(value ?? '');
  const type = $(`#node-input-${rule.name}Type`).val() ?? node[`${rule.name}Type`];
  if (rule.optional && text === '') return true;
  if (type === 'rows' || isEnvironment(text)) return true;
  if (type === 'str') return rule.schema ? reasonOf(node, rule, text) : true;
  if (text.trim() === '') return node._('problem.required', { path: node._(`field.${rule.name}`) });
  if (type === 'num') return rule.schema?.kind === 'integer' ? reasonOf(node, rule, Number(text)) : true;
  if (type === 'json') return isJson(text) || node._('problem.json', { path: node._(`field.${rule.name}`) });
  return true;
}

/** Node-RED puts the value of `${VAR}` in when the flow starts. */
const isEnvironment = (text: string): boolean => /\$\{[^}]+\}/.test(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function reasonOf(node: EditorNode, { name, schema }: Rule, value: string | number): true | string {
  const problem = schema && check(schema, value);
  if (!problem) return true;
  const { rule, params } = problem;
  return node._(`problem.${rule}`, {
    ...params,
    path: node._(`field.${name}`),
    expected: node._(`kind.${params.expected}`),
  });
}
