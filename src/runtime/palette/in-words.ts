import type { Fields, ValueField } from '../../definition/field';
import { type CasesError, invalidInput } from '../../errors/errors';

/**
 * `error` with the wrong value named as the form of its node names it: `msg.caseId is empty` for a `caseId` of no
 * characters. What is wrong deeper inside keeps its path, which says where. The error's `field` is always that path.
 */
export function inWords(
  error: CasesError,
  fields: Fields,
  config: Readonly<Record<string, unknown>>,
): CasesError {
  const { problem } = error;
  if (!problem) return error;
  const { rule, path, params } = problem;
  const named = { ...problem, rule: rule === 'length' && params.got === 0 ? ('empty' as const) : rule };
  const [name, field] = Object.entries(fields).find(([name, field]) => fills(name, field, path)) ?? [];
  const source = name !== undefined && field?.kind === 'value' ? sourceOf(name, field, config) : path;
  return invalidInput({ ...named, path: source }, path);
}

const fills = (name: string, field: Fields[string], path: string): boolean =>
  path === name || (field.kind === 'value' && (field.members?.includes(path) ?? false));

/** Where a value comes from: the property of the message or the context; else the property of the node. */
function sourceOf(name: string, field: ValueField, config: Readonly<Record<string, unknown>>): string {
  const type = String(config[`${name}Type`] ?? field.defaultType);
  const text = String(config[name] ?? field.default);
  if (type === 'msg' || type === 'flow' || type === 'global') return `${type}.${text}`;
  return type === 'env' ? `the environment variable ${text}` : `the node's ${name}`;
}
