import { deserialize, serialize } from 'node:v8';
import type { ErrorWords } from '../../../definition/overview/figures';
import type { FailureEntry } from '../../../definition/overview/lists';
import { fromBytes, toBytes } from '../../../delivery/store/disk/message-bytes';
import type { StoredMessage } from '../../../delivery/store/message-store';

/** A message that failed, or whose end nobody was told, as it is kept: a plain record. */
export interface Failure {
  /** That of the message; one that its node refused before it had one has another, unique for ever. */
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  /** Blank: its node named none. */
  readonly domainNodeId: string;
  readonly nodeId: string;
  readonly operation: string;
  readonly merge?: boolean;
  readonly keep?: boolean;
  /** Left out: it was carried out. */
  readonly error?: ErrorWords;
  /** What was done, where it was. */
  readonly outcome?: string;
  /** What the message holds; left out: it was too much to be kept. */
  readonly content?: Content;
}

interface Content {
  readonly msg: Uint8Array;
  /** Left out: its node refused it before there was a request. */
  readonly input?: Uint8Array;
}

/** A message that has ended, as far as it is kept; without an `input` it never was in a queue. */
export type FailedMessage = Pick<
  StoredMessage,
  'id' | 'domainNodeId' | 'nodeId' | 'operation' | 'merge' | 'keep' | 'msg'
> & { readonly input?: unknown };

/** How it has ended: with an error, or well, which nobody was told. */
export type FailedEnd = { readonly error: ErrorWords } | { readonly outcome: string };

/** More than that is not kept of one message, in bytes. */
const mostBytes = 1024 * 1024;

/** What is kept of a message that has ended. */
export function failureOf(message: FailedMessage, end: FailedEnd, at: number): Failure {
  const { id, domainNodeId, nodeId, operation, merge, keep, input, msg } = message;
  const written = input === undefined ? undefined : serialize(input);
  const isKept = (written?.byteLength ?? 0) <= mostBytes;
  return {
    ...{ id, at, domainNodeId, nodeId, operation },
    ...(merge && { merge }),
    ...(keep && { keep }),
    ...end,
    ...(isKept && { content: { msg: toBytes(msg).bytes, ...(written && { input: written }) } }),
  };
}

/**
 * The message as it was; undefined where it was too much to be kept, or never was in a queue. A list shows many: all but
 * the request is read where somebody asks for it.
 */
export function messageOf({ content, at, error, outcome, ...plain }: Failure): StoredMessage | undefined {
  if (!content?.input) return undefined;
  const { msg, input } = content;
  return {
    ...plain,
    acceptedAt: at,
    attempts: 0,
    get msg() {
      return fromBytes(msg);
    },
    input: deserialize(input),
  };
}

/** What came to the node; undefined where it was too much to be kept. */
export const msgOf = ({ content }: Failure): unknown => content && fromBytes(content.msg);

/** Whether a message may be sent again; `ask`: it may have been carried out. */
export function again({ error, content }: Failure): FailureEntry['again'] {
  if (!error || !content) return 'no';
  return error.created === 'unknown' ? 'ask' : 'yes';
}

/** Bytes that are kept of a message. */
export const sizeOf = (failure: Failure | undefined): number => {
  const { msg, input } = failure?.content ?? {};
  return (msg?.byteLength ?? 0) + (input?.byteLength ?? 0);
};
