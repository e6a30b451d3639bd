import { isDeepStrictEqual } from 'node:util';
import { CommentBody } from '../../model/limits';
import { codePoints } from '../../model/text';
import type { RelatedItemRequest } from '../delivery';
import type { Message } from '../waiting/waiting';

/** What comes between two comments that go out as one. */
const separator = '\n\n';

/** How much more fits into one comment that begins with `first`. */
export interface MergeRoom {
  readonly first: Message;
  left: number;
}

/** Undefined where the message may not be merged. */
export function mergeRoom(first: Message): MergeRoom | undefined {
  const body = mergeableBody(first);
  return body === undefined ? undefined : { first, left: (CommentBody.max ?? 0) - codePoints(body) };
}

/** Whether `message` may go out together with the ones in `room`; takes its share of the room if so. */
export function fitsInto(room: MergeRoom, message: Message): boolean {
  const body = mergeableBody(message);
  if (body === undefined || body.length > 2 * room.left) return false;
  if (!isDeepStrictEqual(message.request.performedBy, room.first.request.performedBy)) return false;
  const needed = separator.length + codePoints(body);
  if (needed > room.left) return false;
  room.left -= needed;
  return true;
}

/** One request for all `messages`, in their order, with a blank line between. */
export function mergedRequest(messages: readonly [Message, ...Message[]]): RelatedItemRequest {
  const [first] = messages;
  if (messages.length === 1) return first.request;
  const body = messages.map(mergeableBody).join(separator);
  const comment = { ...first.request.content?.comment, body } as { body: string; contentType: 'Text/Plain' };
  return { ...first.request, content: { comment } };
}

const mergeableBody = ({ request, options }: Message): string | undefined =>
  options.merge ? request.content?.comment?.body : undefined;
