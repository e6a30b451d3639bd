import { deserialize, serialize } from 'node:v8';
import type { ErrorWords } from '../../../definition/overview/figures';
import type { FailureEntry } from '../../../definition/overview/lists';
import type { End } from '../../../delivery';
import { fromBytes, toBytes } from '../../../delivery/store/disk/message-bytes';
import type { StoredMessage } from '../../../delivery/store/message-store';
import { errorWords } from '../error-words';

/** A message that failed, or whose end nobody was told, as it is kept: a plain record. */
export interface Failure {
  /** That of the message. */
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  readonly domainNodeId: string;
  readonly nodeId: string;
  readonly operation: string;
  readonly merge?: boolean;
  readonly keep?: boolean;
  /** Left out: it was carried out. */
  readonly error?: ErrorWords;
  /** What was done, where it was. */
  readonly outcome?: string;
  /** What the message holds, its `msg` and its `input`; left out: it was too much to be kept. */
  readonly content?: { readonly msg: Uint8Array; readonly input: Uint8Array };
}

/** More than that is not kept of one message, in bytes. */
const mostBytes = 1024 * 1024;

/** What is kept of a message that has ended; `outcome` says what was done. */
export function failureOf(message: StoredMessage, end: End, at: number, outcome = ''): Failure {
  const { id, domainNodeId, nodeId, operation, merge, keep } = message;
  const input = serialize(message.input);
  return {
    ...{ id, at, domainNodeId, nodeId, operation },
    ...(merge && { merge }),
    ...(keep && { keep }),
    ...('error' in end ? { error: errorWords(end.error) } : { outcome }),
    ...(input.byteLength <= mostBytes && { content: { msg: toBytes(message.msg).bytes, input } }),
  };
}

/** The message as it was; undefined where it was too much to be kept. */
export function messageOf({ content, at, error, outcome, ...plain }: Failure): StoredMessage | undefined {
  if (!content) return undefined;
  const { msg, input } = content;
  return { ...plain, acceptedAt: at, attempts: 0, msg: fromBytes(msg), input: deserialize(input) };
}

/** Whether a message may be sent again; `ask`: it may have been carried out. */
export function again({ error, content }: Failure): FailureEntry['again'] {
  if (!error || !content) return 'no';
  return error.created === 'unknown' ? 'ask' : 'yes';
}

export const bytesOf = ({ content }: Failure): number =>
  content ? content.msg.byteLength + content.input.byteLength : 0;
