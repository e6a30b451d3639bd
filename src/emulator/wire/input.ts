import type { Schema, StructureSchema } from '../../model/schema';
import { type OperationName, operations } from '../operations';
import { unreadable } from './body';
import { decode, type Route } from './router';

/** The members of a request, from where the protocol puts them: path, query string, JSON body. */
export function readInput({ operation, labels }: Route, queryString: string, body: string): object {
  const { input, query } = operations[operation];
  return { ...parseBody(operation, body), ...queryMembers(input, query, queryString), ...labels };
}

function parseBody(operation: OperationName, body: string): object {
  if (body === '') return {};
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw unreadable('The body has to be a JSON object');
  }
  if (fractional(operation)?.test(body))
    throw unreadable('A whole number came with a fraction or an exponent');
  return parsed;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw unreadable('The body is not valid JSON');
  }
}

const fractionals = new Map<OperationName, RegExp | undefined>();

/**
 * Finds a whole number of the operation that is written like 2.0 or 2e0, which `JSON.parse` takes for 2. Text in the
 * body can't look like that: its quotes are escaped.
 */
function fractional(operation: OperationName): RegExp | undefined {
  if (!fractionals.has(operation)) {
    const names = [...new Set(integersOf(operations[operation].input))];
    const regExp = new RegExp(`(?<!\\\\)"(?:${names.join('|')})"\\s*:\\s*-?\\d+[.eE]`);
    fractionals.set(operation, names.length > 0 ? regExp : undefined);
  }
  return fractionals.get(operation);
}

/** Names of the members that are whole numbers. */
function integersOf(schema: Schema, seen = new Set<Schema>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  if (schema.kind === 'list') return integersOf(schema.of, seen);
  if (schema.kind !== 'structure' && schema.kind !== 'union') return [];
  return Object.entries(schema.members).flatMap(([name, member]) =>
    member.kind === 'integer' ? [name] : integersOf(member, seen),
  );
}

function queryMembers(input: StructureSchema, names: readonly string[], queryString: string): object {
  if (names.length === 0 || queryString === '') return {};
  const given = new Map<string, string[]>();
  for (const part of queryString.split('&')) {
    const [name = '', value = ''] = part.split(/=(.*)/s).map((text) => decode(text.replaceAll('+', ' ')));
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = given.get(name);
      return values ? [[name, queryMember(input.members[name]?.kind, values)]] : [];
    }),
  );
}

function queryMember(kind: Schema['kind'] | undefined, values: readonly string[]): unknown {
  if (kind === 'list') return values;
  const [text = ''] = values;
  return kind === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
}
