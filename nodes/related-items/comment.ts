import { textSources, tooLong } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { textOf } from '../../src/mapping/comment-text';
import { withoutMember } from '../../src/mapping/exact-form';
import { isRecord } from '../../src/mapping/reading';
import { snapshot } from '../../src/mapping/snapshot';
import { CommentBody, CommentBodyTextType } from '../../src/model/limits';
import { structure } from '../../src/model/schema';
import { codePoints, truncated } from '../../src/model/text';

const mostCharacters = CommentBody.max as number;

export const comment: RelatedItem<'Comment'> = {
  base: 'comment',
  type: 'Comment',
  member: 'comment',
  color: '#E7D9A8',
  fields: {
    body: {
      kind: 'value',
      members: ['comment.body'],
      accepts: 'string | number | object | buffer',
      default: 'payload',
      defaultType: 'msg',
      types: [...textSources, 'num', 'bool', 'json'],
      schema: CommentBody,
      inLabel: true,
      hint: 'characters',
    },
    tooLong,
    merge: { kind: 'flag', default: false },
  },
  content: structure({ body: CommentBody, contentType: CommentBodyTextType }),
  toContent({ body, tooLong }) {
    const { contentType = 'Text/Plain', ...exact } = exactForm(body) ?? {
      body: textOf(body, 'comment.body', 2 * mostCharacters) ?? undefined,
    };
    return {
      ...exact,
      body:
        tooLong === 'truncate' && typeof exact.body === 'string'
          ? truncated(exact.body, mostCharacters)
          : exact.body,
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

/** `{ body }`, `{ body, contentType }`, or one of them under `comment`; undefined for any other value. */
function exactForm(value: unknown): Record<string, unknown> | undefined {
  const found = withoutMember(value, 'comment');
  if (!isRecord(found) || !Object.hasOwn(found, 'body')) return undefined;
  const isExact = Object.hasOwn(found, 'contentType') || Object.keys(found).length === 1;
  return isExact ? (snapshot(found, 'comment') as Record<string, unknown>) : undefined;
}
