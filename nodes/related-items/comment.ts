import { textSources } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { isRecord } from '../../src/mapping/snapshot';
import { CommentBody, CommentBodyTextType } from '../../src/model/limits';
import { structure } from '../../src/model/schema';
import { codePoints, firstCodePoints } from '../../src/model/text';

const mostCharacters = CommentBody.max as number;

export const comment: RelatedItem<'Comment'> = {
  base: 'comment',
  type: 'Comment',
  member: 'comment',
  color: '#E7D9A8',
  fields: {
    body: {
      kind: 'value',
      accepts: 'string | number | object | buffer',
      default: 'payload',
      defaultType: 'msg',
      types: [...textSources, 'num', 'bool', 'json'],
      schema: CommentBody,
      hint: 'characters',
    },
    tooLong: { kind: 'choice', default: 'error', options: ['error', 'truncate'] },
    merge: { kind: 'flag', default: false },
  },
  content: structure({ body: CommentBody, contentType: CommentBodyTextType }),
  toContent({ body, tooLong }) {
    const { contentType = 'Text/Plain', ...exact } = isExact(body) ? body : { body: asText(body) };
    return {
      ...exact,
      body: tooLong === 'truncate' ? truncated(exact.body) : exact.body,
      contentType,
    };
  },
  filter: () => ({ comment: {} }),
  identity: ({ body }) => [body],
  sensitiveTexts: () => [],
  merge(first, next) {
    const body = `${first.body}${betweenMerged}${next.body}`;
    return fits(body) ? { ...first, body } : undefined;
  },
  permissions: [],
};

/** What comes between two comments that go out as one. */
const betweenMerged = '\n\n';

/** Characters are counted only where the shorter way to count them does not tell. */
const fits = (body: string): boolean =>
  body.length <= mostCharacters || (body.length <= 2 * mostCharacters && codePoints(body) <= mostCharacters);

const isExact = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && ('contentType' in value || Object.keys(value).join() === 'body');

function asText(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.toWellFormed();
  if (value instanceof Uint8Array) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(value);
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

/** Ends in an ellipsis, so that a reader sees that there was more. */
const truncated = (body: unknown): unknown =>
  typeof body === 'string' && !fits(body) ? `${firstCodePoints(body, mostCharacters - 1)}…` : body;
