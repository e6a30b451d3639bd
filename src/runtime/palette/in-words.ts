import type { Field, Fields, StoredRow } from '../../definition/field';
import { type CasesError, invalidInput } from '../../errors/errors';

type Config = Readonly<Record<string, unknown>>;

/**
 * `error` with the wrong value named as the form of its node names it: `msg.caseId is empty` for a `caseId` of no
 * characters. What is wrong deeper inside keeps its path, which says where. The error's `field` is always that path.
 */
export function inWords(error: CasesError, fields: Fields, config: Config): CasesError {
  const { problem } = error;
  if (!problem) return error;
  const { rule, path, params } = problem;
  const named = { ...problem, rule: rule === 'length' && params.got === 0 ? ('empty' as const) : rule };
  return invalidInput({ ...named, path: sourceOf(path, fields, config) ?? path }, path);
}

/** Where the value at `path` comes from: a field of the form, or one of its rows. */
function sourceOf(path: string, fields: Fields, config: Config): string | undefined {
  const [, list, index] = valueOfRow.exec(path) ?? [];
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === 'value' && (path === name || field.members?.includes(path))) {
      return elsewhere(typeOf(name, field, config), config[name] ?? field.default) ?? `the node's ${name}`;
    }
    if (field.kind !== 'rows' || list !== (field.path ?? field.of ?? name)) continue;
    if (field.of !== undefined && typeOf(field.of, fields[field.of], config) !== 'rows') continue;
    const row = ((config[name] ?? field.default) as readonly StoredRow[])[Number(index)];
    return row && elsewhere(row.valueType, row.value);
  }
  return undefined;
}

const valueOfRow = /^(.+)\[(\d+)\]\.value(?:\.(?:string|double|boolean|userArn)Value)?$/;

const typeOf = (name: string, field: Field | undefined, config: Config): unknown =>
  config[`${name}Type`] ?? (field?.kind === 'value' ? field.defaultType : undefined);

/** A property of the message or the context, or a variable; undefined for what the node itself holds. */
function elsewhere(type: unknown, value: unknown): string | undefined {
  if (type === 'env') return `the environment variable ${value}`;
  // `#:(store)::key` names a context store, too.
  const name = String(value).replace(/^#:\(.*?\)::/, '');
  return type === 'msg' || type === 'flow' || type === 'global' ? `${type}.${name}` : undefined;
}
