import type { Context } from 'hono';
import type { StructureSchema } from '../../model/schema';
import { ServiceError } from '../model/errors';
import { type OperationName, operations } from '../operations';

/** The members of a request, from where the protocol puts them: path, query string, JSON body. */
export function readInput(context: Context, name: OperationName, body: string): object {
  const { input, query } = operations[name];
  return {
    ...parseBody(body),
    ...Object.fromEntries(query.map((member) => [member, queryMember(context, input, member)])),
    ...context.req.param(),
  };
}

function parseBody(body: string): Record<string, unknown> {
  if (body === '') return {};
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ServiceError('SerializationException', 'The body has to be a JSON object');
  }
  return { ...parsed };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 'The body is not valid JSON');
  }
}

function queryMember(context: Context, input: StructureSchema, member: string): unknown {
  const kind = input.members[member]?.kind;
  if (kind === 'list') return context.req.queries(member);
  const text = context.req.query(member);
  return kind === 'integer' && text !== undefined ? Number(text) : text;
}
